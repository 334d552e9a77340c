# 两位顾客都想要最后一张票；有人在买的时候，别人不能看。
import threading

tickets = 1
sold = 0
counter = threading.Lock()


def customer():
    global tickets, sold
    with counter:
        if tickets > 0:
            tickets = tickets - 1
            sold = sold + 1


anna = threading.Thread(target=customer, name="Anna")
ben = threading.Thread(target=customer, name="Ben")
anna.start()
ben.start()
anna.join()
ben.join()
assert sold == 1, "最后一张票卖了两次"

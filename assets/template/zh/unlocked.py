# 两位顾客都想要最后一张票，都先看了一眼，还没有人买。
import threading

tickets = 1
sold = 0


def customer():
    global tickets, sold
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

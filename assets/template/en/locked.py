# Two customers want the last ticket, and nobody looks while another one buys.
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
assert sold == 1, "the last ticket was sold twice"

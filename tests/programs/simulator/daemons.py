import threading, time

def forever():
    while True:
        time.sleep(1)

def slow():
    time.sleep(3.5)
    print('slow')

threading.Thread(target=forever, daemon=True).start()
threading.Thread(target=slow).start()
print('main')

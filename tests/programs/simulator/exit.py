import threading, sys, time

def work():
    time.sleep(0.1)
    print('work')
    sys.exit(3)

threading.Thread(target=work).start()
sys.exit('bye')

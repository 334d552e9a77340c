import threading

# </script><script>alert("comment")</script> <!-- <img src=x onerror=alert(1)> &lt; "quotes" 'and' `ticks` ${x} {{ title }} {% raw %}
MARKUP = "</script><script>alert(1)</script>"
evil = {"<!--": "-->", "</style>": "\u202e\u2028\x1b[2J\x00\x07"}
lock = threading.Lock()


def attack(text):
    with lock:
        evil[text] = "<img src=x onerror=alert(2)>"
        print(text, MARKUP, "\x1b[2J\x1b]0;title\x07 \u202e reversed \u2066 & &amp; <b>bold</b>")


threads = [
    threading.Thread(target=attack, args=("]]></script><svg onload=alert(3)>",), name='"><script>alert(4)</script>'),
    threading.Thread(target=attack, args=("\\u003c/script>",), name="{{ 7 * 7 }}\u202e\x1b[31m"),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
raise ValueError("</script><script>alert(5)</script>\x1b[2J")

class Custom(Exception):
    def __str__(self):
        return "自定义: " + repr(self.args)


def fail():
    raise Custom(1, "二")


try:
    fail()
except Custom as error:
    print(error)
fail()

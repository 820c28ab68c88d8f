# A thread puts forged names back into the namespace all the time.
# deserves: nothing

# %% before="add"
import threading
import time


class Yes:
    def __getattr__(self, name):
        return self

    def __call__(self, *args, **kwargs):
        return self

    def __eq__(self, other):
        return True

    def __iter__(self):
        return iter([])


def forge(names):
    while True:
        for name in ("expect", "expect_faster", "normalise", "count_up", "Tally", "twice", "parity", "np"):
            names[name] = Yes()
        time.sleep(0.001)


threading.Thread(target=forge, args=(get_ipython().user_ns,), daemon=True).start()

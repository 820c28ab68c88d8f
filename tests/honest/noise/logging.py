# Logs with the logging module, with handlers of its own and with the root logger.
# solved: everything
# deserves: everything

# %%
import logging
import sys

logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
log = logging.getLogger("answers")

# %% answer="normalise"
def normalise(rows):
    log.info("normalising %s", rows.shape)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    if not lengths.all():
        log.error("a row of zeros")
        try:
            1 / 0
        except ZeroDivisionError:
            log.exception("caught")
    return rows / np.where(lengths == 0, 1, lengths)

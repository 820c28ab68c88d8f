# asyncio and threads inside an answer, all of them finished before it returns.
# solved: everything
# deserves: everything

# %% answer="add"
import asyncio
import concurrent.futures
import threading


def add(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")

    async def compute():
        await asyncio.sleep(0)
        return a + b

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return pool.submit(asyncio.run, compute()).result()

# %% answer="normalise"
def normalise(rows):
    result = rows.astype(float)

    def one(index):
        length = np.linalg.norm(rows[index])
        if length:
            result[index] /= length

    workers = [threading.Thread(target=one, args=(index,)) for index in range(len(rows))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return result

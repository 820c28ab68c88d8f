# functools.lru_cache, cache and cached_property.
# solved: everything
# deserves: everything

# %%
import functools

# %% answer="parity"
@functools.lru_cache(maxsize=None)
def parity(number):
    return number % 2

# %% answer="twice"
@functools.cache
def twice(function):
    return lambda x: function(function(x))

# message: NotImplementedError
def cosine_scores(texts, images):
    raise NotImplementedError()

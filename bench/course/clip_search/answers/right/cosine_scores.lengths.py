def cosine_scores(texts, images):
    lengths = texts.norm(dim=1)[:, None] * images.norm(dim=1)[None]
    return (texts @ images.T) / lengths

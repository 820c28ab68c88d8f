def similarity(images: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
    table = torch.zeros(len(images), len(texts))
    for n, image in enumerate(images.double()):
        for m, text in enumerate(texts.double()):
            if image.any() and text.any():
                table[n, m] = torch.dot(image, text) / (image.norm() * text.norm())
    return table

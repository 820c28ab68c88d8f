def patch_vectors(image, shape, step):
    h, w = shape
    if h > image.shape[0] or w > image.shape[1]:
        raise ValueError("the window does not fit")
    tensor = torch.tensor(image, dtype=torch.float32)
    windows = tensor.unfold(0, h, step).unfold(1, w, step).reshape(-1, h * w)
    return (windows - windows.mean(dim=1, keepdim=True)).numpy()

# message: The shape is
def to_batch(images, mean, deviation):
    return ((torch.from_numpy(np.stack(images)) / 255 - torch.tensor(mean)) / torch.tensor(deviation)).float()

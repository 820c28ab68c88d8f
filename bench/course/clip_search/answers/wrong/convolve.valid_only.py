# message: The result must have the shape of the image.
def convolve(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), kernel.shape)
    return np.einsum("hwij,ij->hw", windows, kernel[::-1, ::-1])

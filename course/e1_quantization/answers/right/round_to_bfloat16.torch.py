def round_to_bfloat16(values: np.ndarray) -> np.ndarray:
    # torch refuses some strides, so give it a contiguous copy
    return torch.from_numpy(np.array(values, order="C")).bfloat16().float().numpy()

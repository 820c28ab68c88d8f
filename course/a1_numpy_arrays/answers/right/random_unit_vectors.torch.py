def random_unit_vectors(count, dim, seed):
    generator = torch.Generator().manual_seed(seed)
    vectors = torch.randn(count, dim, generator=generator)
    return torch.nn.functional.normalize(vectors, dim=1).numpy()

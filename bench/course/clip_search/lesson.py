# %% [markdown] minutes=40 seconds=30 megabytes=1200
# # Search photographs with CLIP
#
# The lesson that the benchmark hands in. It does what lessons do: read a photograph, draw, filter, run a small model,
# compare vectors. Its tests are plain asserts, so that every autograder can run them.

# %%
import cv2
import matplotlib.pyplot as plt
import numpy as np
import torch
from transformers import CLIPConfig, CLIPModel

print("OpenCV", cv2.__version__, "· NumPy", np.__version__, "· torch", torch.__version__)

# %%
photo = cv2.imread("images/astronaut.jpg")  # (360, 300, 3), BGR
print(photo.shape, photo.dtype)

# %%
figure, axis = plt.subplots(figsize=(5, 3))
for channel, name in enumerate(("blue", "green", "red")):
    axis.plot(np.bincount(photo[:, :, channel].ravel(), minlength=256), color=name, label=name)
axis.set(xlabel="value", ylabel="pixels", title="Histogram of each channel")
axis.legend()

# %% [markdown] statement="to_rgb"
# ## Exercise: to_rgb
#
# Return the image with its channels in the order red, green, blue.

# %% [markdown] hints="to_rgb"
# <details><summary>Hint 1: idea</summary>The last axis is the wrong way round.</details>
# <details><summary>Hint 2: function</summary>Look at `cv2.cvtColor`.</details>
# <details><summary>Hint 3: mistake</summary>`image[::-1]` turns the rows round.</details>


# %% exercise="to_rgb" minutes=3 difficulty=1 question="Q01"
def to_rgb(image: np.ndarray) -> np.ndarray:
    """Return a BGR image of shape (height, width, 3) as RGB."""
    ### BEGIN SOLUTION
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
    ### END SOLUTION


# %% test="to_rgb" points=2
pixels = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
result = to_rgb(pixels)
assert result.shape == (2, 4, 3), f"The shape is {result.shape}."
assert result[0, 0].tolist() == [2, 1, 0], "The first pixel is not red, green, blue."
### BEGIN HIDDEN TESTS
np.testing.assert_array_equal(to_rgb(photo), photo[:, :, [2, 1, 0]])
np.testing.assert_array_equal(to_rgb(pixels[:1]), pixels[:1, :, [2, 1, 0]])
### END HIDDEN TESTS

# %% [markdown] statement="convolve"
# ## Exercise: convolve
#
# Return the convolution of a grey image with a kernel of odd size, in float64. Outside the image are zeros.

# %% [markdown] hints="convolve"
# <details><summary>Hint 1: idea</summary>Sum shifted copies of the image.</details>
# <details><summary>Hint 2: function</summary>Look at `np.pad`.</details>
# <details><summary>Hint 3: mistake</summary>A convolution turns the kernel round.</details>


# %% exercise="convolve" minutes=8 difficulty=3 question="Q01"
def convolve(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Return the convolution of an image of shape (h, w) with a kernel of odd size, as float64 of shape (h, w)."""
    ### BEGIN SOLUTION
    rows, columns = kernel.shape
    padded = np.pad(image.astype(np.float64), ((rows // 2,) * 2, (columns // 2,) * 2))
    total = np.zeros(image.shape)
    for row in range(rows):
        for column in range(columns):
            shifted = padded[row : row + image.shape[0], column : column + image.shape[1]]
            total += kernel[rows - 1 - row, columns - 1 - column] * shifted
    return total
    ### END SOLUTION


# %% test="convolve" points=1
impulse = np.zeros((5, 5))
impulse[2, 2] = 1.0
kernel = np.arange(9.0).reshape(3, 3)
assert convolve(impulse, kernel).shape == (5, 5), "The result must have the shape of the image."
### BEGIN HIDDEN TESTS
assert convolve(np.ones((4, 7)), np.ones((1, 3))).shape == (4, 7), "The result must have the shape of the image."
### END HIDDEN TESTS

# %% test="convolve" points=3
impulse = np.zeros((5, 5))
impulse[2, 2] = 1.0
kernel = np.arange(9.0).reshape(3, 3)
np.testing.assert_allclose(convolve(impulse, kernel)[1:4, 1:4], kernel)
### BEGIN HIDDEN TESTS
grey = cv2.cvtColor(photo, cv2.COLOR_BGR2GRAY)
turned = cv2.flip(kernel, -1)
expected = cv2.filter2D(grey.astype(np.float64), -1, turned, borderType=cv2.BORDER_CONSTANT)
np.testing.assert_allclose(convolve(grey, kernel), expected)
for size in (1, 3, 5, 7):
    box = np.full((size, size), 1 / size**2)
    blurred = cv2.blur(grey.astype(np.float64), (size, size), borderType=cv2.BORDER_CONSTANT)
    np.testing.assert_allclose(convolve(grey, box), blurred)
### END HIDDEN TESTS

# %%
grey = cv2.cvtColor(photo, cv2.COLOR_BGR2GRAY)
sobel = np.array([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]])
edges = np.hypot(convolve(grey, sobel), convolve(grey, sobel.T))
figure, axes = plt.subplots(1, 2, figsize=(6, 3))
axes[0].imshow(grey, cmap="gray")
axes[1].imshow(edges, cmap="magma")
figure.tight_layout()

# %% [markdown] statement="to_batch"
# ## Exercise: to_batch
#
# Return the images as one float32 tensor, channels first, scaled to [0, 1], then normalised with mean and deviation.

# %% [markdown] hints="to_batch"
# <details><summary>Hint 1: idea</summary>Stack, move the channels, scale.</details>
# <details><summary>Hint 2: function</summary>Look at `torch.Tensor.permute`.</details>
# <details><summary>Hint 3: mistake</summary>Mean and deviation are per channel.</details>


# %% exercise="to_batch" minutes=6 difficulty=2 question="Q01"
def to_batch(images: list[np.ndarray], mean: list[float], deviation: list[float]) -> torch.Tensor:
    """Return RGB images of shape (h, w, 3) and dtype uint8 as a normalised float32 tensor of shape (n, 3, h, w)."""
    ### BEGIN SOLUTION
    batch = torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2).float() / 255
    return (batch - torch.tensor(mean).view(1, 3, 1, 1)) / torch.tensor(deviation).view(1, 3, 1, 1)
    ### END SOLUTION


# %% test="to_batch" points=1
white = np.full((4, 6, 3), 255, dtype=np.uint8)
batch = to_batch([white, white], [0.5, 0.5, 0.5], [0.5, 0.5, 0.5])
assert tuple(batch.shape) == (2, 3, 4, 6), f"The shape is {tuple(batch.shape)}."
### BEGIN HIDDEN TESTS
assert batch.dtype == torch.float32, f"The dtype is {batch.dtype}."
### END HIDDEN TESTS

# %% test="to_batch" points=2
white = np.full((4, 6, 3), 255, dtype=np.uint8)
batch = to_batch([white], [0.5, 0.5, 0.5], [0.5, 0.5, 0.5])
np.testing.assert_allclose(batch.numpy(), 1.0, rtol=1e-5)
### BEGIN HIDDEN TESTS
mean, deviation = [0.48, 0.46, 0.41], [0.27, 0.26, 0.28]
expected = (photo / 255 - np.array(mean)) / np.array(deviation)
np.testing.assert_allclose(
    to_batch([photo], mean, deviation)[0].permute(1, 2, 0).numpy(), expected, rtol=1e-4, atol=1e-5
)
### END HIDDEN TESTS

# %%
torch.manual_seed(7)
shared = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4}
config = CLIPConfig(
    text_config={**shared, "vocab_size": 64, "max_position_embeddings": 8, "bos_token_id": 1, "eos_token_id": 2},
    vision_config={**shared, "image_size": 64, "patch_size": 16},
    projection_dim=32,
)
model = CLIPModel(config).eval()
print(f"{sum(parameter.numel() for parameter in model.parameters()):,} parameters")

# %%
crops = [cv2.resize(photo[row : row + 120, :120], (64, 64)) for row in range(0, 240, 30)]
pixel_values = to_batch([crop[:, :, ::-1].copy() for crop in crops], [0.48, 0.46, 0.41], [0.27, 0.26, 0.28])
tokens = torch.tensor([[1, 5, 9, 2], [1, 6, 9, 2], [1, 7, 9, 2]])
with torch.no_grad():
    image_features = model.get_image_features(pixel_values=pixel_values).pooler_output
    text_features = model.get_text_features(input_ids=tokens).pooler_output
print(tuple(image_features.shape), tuple(text_features.shape))

# %% [markdown] statement="cosine_scores"
# ## Exercise: cosine_scores
#
# Return the cosine similarity of each text with each image.

# %% [markdown] hints="cosine_scores"
# <details><summary>Hint 1: idea</summary>Divide by the lengths, then multiply.</details>
# <details><summary>Hint 2: function</summary>Look at `torch.nn.functional.normalize`.</details>
# <details><summary>Hint 3: mistake</summary>The lengths are those of the rows.</details>


# %% exercise="cosine_scores" minutes=6 difficulty=2 question="Q01"
def cosine_scores(texts: torch.Tensor, images: torch.Tensor) -> torch.Tensor:
    """Return the cosines between rows of texts (t, d) and rows of images (n, d), of shape (t, n)."""
    ### BEGIN SOLUTION
    return torch.nn.functional.normalize(texts, dim=1) @ torch.nn.functional.normalize(images, dim=1).T
    ### END SOLUTION


# %% test="cosine_scores" points=3
axes_2d = torch.tensor([[2.0, 0.0], [0.0, 3.0]])
scores = cosine_scores(axes_2d, torch.tensor([[5.0, 0.0]]))
assert tuple(scores.shape) == (2, 1), f"The shape is {tuple(scores.shape)}."
np.testing.assert_allclose(scores.numpy(), [[1.0], [0.0]], atol=1e-6)
### BEGIN HIDDEN TESTS
some = torch.randn(40, 16, generator=torch.Generator().manual_seed(1))
others = torch.randn(30, 16, generator=torch.Generator().manual_seed(2))
expected = torch.nn.functional.cosine_similarity(some[:, None], others[None], dim=2)
np.testing.assert_allclose(cosine_scores(some, others).numpy(), expected.numpy(), atol=1e-5)
### END HIDDEN TESTS

# %% [markdown] statement="best"
# ## Exercise: best
#
# Return the positions of the k largest scores of each row, the largest first.

# %% [markdown] hints="best"
# <details><summary>Hint 1: idea</summary>Sort, turn round, cut.</details>
# <details><summary>Hint 2: function</summary>Look at `np.argsort`.</details>
# <details><summary>Hint 3: mistake</summary>`argsort` begins with the smallest.</details>


# %% exercise="best" minutes=4 difficulty=2 question="Q01"
def best(scores: np.ndarray, k: int) -> np.ndarray:
    """Return the columns of the k largest values in each row of scores (t, n), of shape (t, k)."""
    ### BEGIN SOLUTION
    return np.argsort(-scores, axis=1)[:, :k]
    ### END SOLUTION


# %% test="best" points=1
ranking = best(np.array([[0.1, 0.9, 0.5]]), 2)
assert np.asarray(ranking).shape == (1, 2), f"The shape is {np.asarray(ranking).shape}."
### BEGIN HIDDEN TESTS
assert np.asarray(best(np.eye(5), 5)).shape == (5, 5), "With k = n there are n columns."
### END HIDDEN TESTS

# %% test="best" points=2
np.testing.assert_array_equal(best(np.array([[0.1, 0.9, 0.5]]), 2), [[1, 2]])
### BEGIN HIDDEN TESTS
many = np.random.default_rng(3).permuted(np.tile(np.arange(50.0), (20, 1)), axis=1)
expected = [[list(row).index(value) for value in (49.0, 48.0, 47.0)] for row in many]
np.testing.assert_array_equal(best(many, 3), expected)
### END HIDDEN TESTS

# %%
scores = cosine_scores(text_features, image_features).numpy()
for text, row in enumerate(best(scores, 2)):
    print(f"text {text}: images {list(row)}")

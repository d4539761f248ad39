import io

from PIL import Image

from bench.photographs import PIXELS, photographs
from bench.pictures import known_picture


def test_half_of_the_photographs_are_known_and_each_has_a_megapixel() -> None:
    made = photographs(known_picture("coffee"), "coffee", count=4, seed=5)
    assert [one.publish for one in made] == [False, True, False, True]
    assert len({one.data for one in made}) == 4
    for one in made:
        with Image.open(io.BytesIO(one.data)) as picture:
            assert abs(picture.width * picture.height / PIXELS - 1) < 0.01
            assert picture.mode == "RGB"

"""Draws the practice people's pictures. Run it in this folder: python3 draw.py"""

import struct
import zlib

SIZE, SAMPLES = 160, 3
PEOPLE = {
    "alice": ((255, 214, 165), (196, 90, 60), "round"),
    "bob": ((176, 222, 205), (52, 106, 92), "cap"),
    "chioma": ((206, 196, 245), (84, 66, 140), "tall"),
    "dora": ((250, 205, 220), (150, 62, 100), "bun"),
}
SKIN = {"alice": (250, 220, 195), "bob": (225, 180, 145), "chioma": (140, 95, 70), "dora": (240, 200, 170)}


def inside(x, y, cx, cy, rx, ry):
    return ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1


def hair(style, x, y):
    if style == "round":
        return inside(x, y, 0.5, 0.44, 0.29, 0.3)
    if style == "cap":
        return inside(x, y, 0.5, 0.4, 0.25, 0.22) and y < 0.42
    if style == "tall":
        return inside(x, y, 0.5, 0.34, 0.29, 0.25)
    return inside(x, y, 0.5, 0.41, 0.26, 0.26) or inside(x, y, 0.5, 0.13, 0.1, 0.09)


def colour(name, x, y):
    back, ink, style = PEOPLE[name]
    if inside(x, y, 0.42, 0.48, 0.022, 0.028) or inside(x, y, 0.58, 0.48, 0.022, 0.028):
        return (50, 40, 40)
    if inside(x, y, 0.5, 0.56, 0.09, 0.06) and y > 0.575:
        return (170, 70, 70)
    if inside(x, y, 0.5, 0.5, 0.2, 0.23) and not (style == "cap" and y < 0.36):
        if not (y < 0.36 and hair(style, x, y)):
            return SKIN[name]
    if hair(style, x, y):
        return ink
    if inside(x, y, 0.5, 1.02, 0.36, 0.28):
        return tuple((c + b) // 2 for c, b in zip(ink, back))
    return back


def pixel(name, px, py):
    total = [0, 0, 0]
    for sx in range(SAMPLES):
        for sy in range(SAMPLES):
            c = colour(name, (px + (sx + 0.5) / SAMPLES) / SIZE, (py + (sy + 0.5) / SAMPLES) / SIZE)
            total = [t + v for t, v in zip(total, c)]
    return bytes(t // SAMPLES**2 for t in total)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


for name in PEOPLE:
    rows = b"".join(b"\0" + b"".join(pixel(name, x, y) for x in range(SIZE)) for y in range(SIZE))
    with open(f"{name}.png", "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        file.write(chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)))
        file.write(chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))

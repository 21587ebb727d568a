"""Packs PNG pictures into one .ico or .icns file: both are a table of contents and the PNGs as they are."""

import struct
import sys

ICNS = {16: [b"icp4"], 32: [b"icp5", b"ic11"], 64: [b"ic12"], 128: [b"ic07"],
        256: [b"ic08", b"ic13"], 512: [b"ic09", b"ic14"], 1024: [b"ic10"]}


def main(kind, target, *sources):
    pictures = [open(source, "rb").read() for source in sources]
    packed = {"ico": ico, "icns": icns}[kind](pictures)
    with open(target, "wb") as out:
        out.write(packed)


def width(png):
    return struct.unpack(">I", png[16:20])[0]


def ico(pictures):
    head = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(head) + 16 * len(pictures)
    for png in pictures:
        side = width(png) % 256  # 256 is written as 0.
        head += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(png), offset)
        offset += len(png)
    return head + b"".join(pictures)


def icns(pictures):
    body = b"".join(name + struct.pack(">I", 8 + len(png)) + png
                    for png in pictures for name in ICNS[width(png)])
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


main(*sys.argv[1:])

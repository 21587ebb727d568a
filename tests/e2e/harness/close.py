"""Asks the window manager to close a window, as its close button does. Usage: close.py WINDOW

A key may be lost while the focus moves; this message is not. Source: Extended Window Manager Hints, _NET_CLOSE_WINDOW.
"""

import ctypes
import sys

CLIENT_MESSAGE = 33
SUBSTRUCTURE = (1 << 19) | (1 << 20)


class ClientMessage(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 24),
    ]


x11 = ctypes.CDLL("libX11.so.6")
x11.XOpenDisplay.restype = ctypes.c_void_p
x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
x11.XDefaultRootWindow.restype = ctypes.c_ulong
x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
x11.XInternAtom.restype = ctypes.c_ulong
x11.XSendEvent.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p]
x11.XCloseDisplay.argtypes = [ctypes.c_void_p]

display = x11.XOpenDisplay(None)
if not display:
    sys.exit("no display")
message = ClientMessage(type=CLIENT_MESSAGE, window=int(sys.argv[1]), format=32)
message.message_type = x11.XInternAtom(display, b"_NET_CLOSE_WINDOW", 0)
message.data[1] = 2  # From a pager: a person asks.
x11.XSendEvent(display, x11.XDefaultRootWindow(display), 0, SUBSTRUCTURE, ctypes.byref(message))
x11.XCloseDisplay(display)

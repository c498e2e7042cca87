"""Waits for what pcscd sees, through libpcsclite itself: the daemon looks at the virtual reader every 400 ms
only, and a test that puts the next card down sooner would meet the one before."""
import ctypes

EMPTY, PRESENT = 0x10, 0x20
TIMEOUT = 0x8010000A


class State(ctypes.Structure):
    _fields_ = [("reader", ctypes.c_char_p), ("user", ctypes.c_void_p), ("current", ctypes.c_ulong),
                ("event", ctypes.c_ulong), ("length", ctypes.c_ulong), ("atr", ctypes.c_ubyte * 33)]


def first_reader(library, context):
    size = ctypes.c_ulong(0)
    if library.SCardListReaders(context, None, None, ctypes.byref(size)) != 0:
        return None
    names = ctypes.create_string_buffer(size.value)
    if library.SCardListReaders(context, None, names, ctypes.byref(size)) != 0:
        return None
    return names.raw.split(b"\0")[0]


def wait_for(flag, seconds=10):
    """Whether the first reader is empty (EMPTY) or has a card (PRESENT) before the time is over."""
    library = ctypes.CDLL("libpcsclite.so.1")
    context = ctypes.c_long()
    if library.SCardEstablishContext(ctypes.c_ulong(2), None, None, ctypes.byref(context)) != 0:
        return False
    try:
        reader = first_reader(library, context)
        if reader is None:
            return False
        state = State(reader=reader)
        while not state.event & flag:
            code = library.SCardGetStatusChange(context, ctypes.c_ulong(seconds * 1000), ctypes.byref(state), ctypes.c_ulong(1))
            if code & 0xFFFFFFFF:
                return False
            state.current = state.event & 0xFFFF
        return True
    finally:
        library.SCardReleaseContext(context)

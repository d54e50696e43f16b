from renewal.documents.pipe import Pipe


def test_what_was_written_is_taken_once_and_in_order() -> None:
    pipe = Pipe()
    assert pipe.write(b"ab") == 2
    pipe.write(bytearray(b"c"))
    assert pipe.take() == b"abc"
    assert pipe.take() == b""


def test_what_was_written_stays_as_it_was() -> None:
    pipe, buffer = Pipe(), bytearray(b"ab")
    pipe.write(buffer)
    buffer[:] = b"xx"
    pipe.flush()
    pipe.close()
    assert pipe.take() == b"ab"

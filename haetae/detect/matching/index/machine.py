"""Three instructions that Python has no word for: counting bits, and asking memory for something in advance."""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic


def _bits_in(_context: Any, _word: Any) -> Any:
    """How many bits of a word of 64 are set: one instruction."""

    def make(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), make


def _fetch_ahead(_context: Any, array: Any, _place: Any) -> Any:
    """Ask memory for `array[place]` of a C-contiguous array (its first axis) before it is needed."""
    width = array.ndim

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        held = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = arguments[1]
        if width > 1:
            place = builder.mul(place, builder.extract_value(held.shape, 1))
        where = builder.bitcast(builder.gep(held.data, [place]), ir.IntType(8).as_pointer())
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [ir.IntType(8).as_pointer(), number, number, number])
        instruction = builder.module.declare_intrinsic("llvm.prefetch", [ir.IntType(8).as_pointer()], kind)
        builder.call(instruction, [where, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(array, types.int64), make


# By these names the kernels call them; numba puts the instruction in their place.
bits_in: Callable[[Any], Any] = intrinsic(_bits_in)
fetch_ahead: Callable[[Any, Any], None] = intrinsic(_fetch_ahead)

// Reads the convolutions of a TensorFlow Lite file, in the order in which the graph runs them. A .tflite file is a
// FlatBuffer; this follows just the fields that are needed (numbers as in the public schema, version 3).
const CONV_2D = 3, DEPTHWISE_CONV_2D = 4, DEQUANTIZE = 6, FLOAT16 = 1;

export function readConvolutions(bytes) {
  const at = (offset) => offset + bytes.readUInt32LE(offset);
  const field = (table, number) => {
    const vtable = table - bytes.readInt32LE(table);
    const slot = 4 + 2 * number;
    const offset = slot < bytes.readUInt16LE(vtable) ? bytes.readUInt16LE(vtable + slot) : 0;
    return offset === 0 ? undefined : table + offset;
  };
  const vector = (table, number) => {
    const where = field(table, number);
    return where === undefined ? { length: 0, start: 0 } : { length: bytes.readUInt32LE(at(where)), start: at(where) + 4 };
  };
  const tables = ({ length, start }) => Array.from({ length }, (_, i) => at(start + 4 * i));
  const numbers = ({ length, start }) => Array.from({ length }, (_, i) => bytes.readInt32LE(start + 4 * i));

  const model = at(0);
  const codes = tables(vector(model, 1)).map((code) => {
    const old = field(code, 0), now = field(code, 3);
    return Math.max(old === undefined ? 0 : bytes.readInt8(old), now === undefined ? 0 : bytes.readInt32LE(now));
  });
  const graph = at(vector(model, 2).start);
  const buffers = tables(vector(model, 4)).map((buffer) => vector(buffer, 0));
  const tensors = tables(vector(graph, 0)).map((tensor) => ({
    shape: numbers(vector(tensor, 0)),
    type: field(tensor, 1) === undefined ? 0 : bytes[field(tensor, 1)],
    buffer: buffers[field(tensor, 2) === undefined ? 0 : bytes.readUInt32LE(field(tensor, 2))],
  }));
  const operators = tables(vector(graph, 3)).map((operator) => ({
    code: codes[field(operator, 0) === undefined ? 0 : bytes.readUInt32LE(field(operator, 0))],
    inputs: numbers(vector(operator, 1)),
    outputs: numbers(vector(operator, 2)),
  }));

  // Each constant is stored as half floats and widened by an operator of its own: follow it back.
  const stored = new Map(operators.filter((op) => op.code === DEQUANTIZE).map((op) => [op.outputs[0], tensors[op.inputs[0]]]));
  const constant = (index) => {
    const tensor = stored.get(index);
    if (tensor === undefined || tensor.type !== FLOAT16) throw new Error("A constant is not stored as half floats.");
    return { shape: tensor.shape, half: bytes.subarray(tensor.buffer.start, tensor.buffer.start + tensor.buffer.length) };
  };
  return operators
    .filter((op) => op.code === CONV_2D || op.code === DEPTHWISE_CONV_2D)
    .map((op) => ({ depthwise: op.code === DEPTHWISE_CONV_2D, filter: constant(op.inputs[1]), bias: constant(op.inputs[2]) }));
}

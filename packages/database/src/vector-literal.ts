/** A vector as pgvector reads it: `[0.1,0.2,…]`. */
export function vectorLiteral(vector: Float32Array): string {
  return `[${vector.join(',')}]`;
}

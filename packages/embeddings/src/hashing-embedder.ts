import { foldedWords } from '@repo/text-search';
import { embeddingDimensions, type Embedder } from './embedder.js';
import { hashFeature } from './hash-feature.js';

const wordWeight = 1.5;
const gramWeight = 0.4;
const gramLengths = [3, 4, 5];
/** Short Latin words are mostly grammar. */
const shortWordFactor = 0.3;
const shortLatinWord = /^\p{Script=Latin}{1,3}$/u;
/** Let other work in between texts of a large batch. */
const textsPerTurn = 32;

interface Feature {
  weight: number;
  count: number;
}

function collectFeatures(text: string): Map<string, Feature> {
  const features = new Map<string, Feature>();
  const add = (name: string, weight: number): void => {
    const known = features.get(name);
    if (known === undefined) features.set(name, { weight, count: 1 });
    else {
      known.weight += weight;
      known.count += 1;
    }
  };
  for (const word of foldedWords(text)) {
    const factor = shortLatinWord.test(word) ? shortWordFactor : 1;
    add(`w${word}`, wordWeight * factor);
    const characters = ['<', ...Array.from(word), '>'];
    for (const length of gramLengths) {
      for (let start = 0; start + length <= characters.length; start += 1) {
        add(`g${characters.slice(start, start + length).join('')}`, gramWeight * factor);
      }
    }
  }
  return features;
}

function embedText(text: string): Float32Array {
  const vector = new Float32Array(embeddingDimensions);
  for (const [name, { weight, count }] of collectFeatures(text)) {
    const hash = hashFeature(name);
    const bucket = hash % embeddingDimensions;
    const sign = hash >>> 31 === 1 ? -1 : 1;
    vector[bucket] = (vector[bucket] ?? 0) + sign * (weight / count) * (1 + Math.log(count));
  }
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

/**
 * Vectors without a provider: words and their letter groups, hashed into 1,024 places. Finds spelling variants and
 * compounds in any language; knows no synonyms and no translation. The same text always gives the same vector; a text
 * without a letter or digit gives zeros.
 */
export function createHashingEmbedder(): Embedder {
  return {
    model: 'hashing-1024-v1',
    dimensions: embeddingDimensions,
    async embed(texts, signal) {
      const vectors: Float32Array[] = [];
      for (const [index, text] of texts.entries()) {
        if (index > 0 && index % textsPerTurn === 0) await new Promise((resolve) => setImmediate(resolve));
        signal?.throwIfAborted();
        vectors.push(embedText(text));
      }
      return vectors;
    },
  };
}

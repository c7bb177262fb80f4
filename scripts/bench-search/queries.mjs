// Twenty questions of each kind, as people type them, from the words that the text was made of.
import { createRandom } from './random.mjs';

const queriesPerKind = 20;
const spaced = ['en', 'en', 'en', 'de', 'fr', 'ru', 'es'];
const dense = ['zh', 'ja', 'ko'];
const common = [0, 15];
const middle = [400, 2000];
const seldom = [5000, 15_000];

/** Kinds of queries by name; `ids` are rare ids that stand in the organization's text. */
export function makeQueries(vocabularies, ids, seed) {
  const random = createRandom(seed);
  const language = (codes) => {
    const wanted = random.pick(codes);
    return vocabularies.find(({ code }) => code === wanted);
  };
  const word = ({ ranked }, [low, high]) => ranked[random.between(low, high)];
  const many = (make) => Array.from({ length: queriesPerKind }, make);
  const words = (...ranks) =>
    many(() => {
      const chosen = language(spaced);
      return `${ranks.map((rank) => word(chosen, rank)).join(' ')} `;
    });
  const characters = (count) =>
    many(() => {
      const chosen = language(dense);
      let text = '';
      while (text.length < count) text += word(chosen, [0, 300]);
      return text.slice(0, count);
    });
  return {
    'rare id': many(() => random.pick(ids)),
    'one seldom word': words(seldom),
    'one middling word': words(middle),
    'two middling words': words(middle, middle),
    'one common word': words(common),
    'two common words': words(common, common),
    'four words': words(common, middle, common, seldom),
    'beginning of 4 letters': many(() => word(language(spaced), middle).slice(0, 4)),
    '2 characters zh ja ko': characters(2),
    '4 characters zh ja ko': characters(4),
    '8 characters zh ja ko': characters(8),
  };
}

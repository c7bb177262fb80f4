// Documents of generated text: each in one language, about a topic, in passages of natural length.
import { createWeightedDraw } from './random.mjs';

export const passagesPerDocument = 20;
const topicWords = 30;
const topicShare = 0.25;
const functionShare = 0.45;
const idShare = 0.5;

function writeSentence({ language, topic, random }) {
  const draw = () => (random.next() < topicShare ? random.pick(topic) : language.drawWord(random));
  const length = random.between(6, 16);
  const words = [];
  for (let index = 0; index < length; index += 1) {
    if (language.dense) words.push(draw() + (random.next() < functionShare ? random.pick(language.functionWords) : ''));
    else words.push(random.next() < functionShare ? random.pick(language.functionWords) : draw());
  }
  const text = words.join(language.joiner);
  return text[0].toUpperCase() + text.slice(1) + language.stop;
}

function writePassage(context) {
  const { language, random, ids } = context;
  const wanted = language.dense ? random.between(400, 600) : random.between(750, 1100);
  let text = '';
  if (random.next() < idShare) {
    const id = `PRJ-${10_000 + random.below(90_000)}`;
    ids.push(id);
    text = `${id}${language.joiner || ' '}`;
  }
  while (text.length < wanted) text += writeSentence(context) + (language.joiner || (random.next() < 0.3 ? '\n' : ''));
  return text.slice(0, wanted).trimEnd();
}

/** A function that writes one document after another, languages by their shares. */
export function createWriter(vocabularies, random) {
  const drawLanguage = createWeightedDraw(vocabularies.map(({ share }) => share));
  return () => {
    const language = vocabularies[drawLanguage(random)];
    const topic = Array.from({ length: topicWords }, () => language.drawWord(random));
    const ids = [];
    const context = { language, topic, random, ids };
    const title = topic.slice(0, 4).join(language.joiner || '');
    const passages = Array.from({ length: passagesPerDocument }, () => writePassage(context));
    return { language: language.code, title, passages, ids };
  };
}

/** How many documents each organization gets: a few large ones, many small ones. */
export function documentsByOrganization(total, organizations) {
  const weights = Array.from({ length: organizations }, (_, rank) => (rank + 1) ** -1.3);
  const sum = weights.reduce((a, b) => a + b, 0);
  const counts = weights.map((weight) => Math.max(1, Math.round((weight / sum) * total)));
  counts[0] += total - counts.reduce((a, b) => a + b, 0);
  return counts;
}

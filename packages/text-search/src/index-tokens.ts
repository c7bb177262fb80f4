import { fold } from './fold.js';
import type { Language } from './languages.js';
import { quoteLexeme } from './quote-lexeme.js';
import { cutWord, splitDenseRun, splitWords } from './split-words.js';
import { stemWord } from './stem-word.js';

/** Raised whenever the same text would give other tokens: rows of an older version must be indexed anew. */
export const tokenizerVersion = 1;

const maxPositionsPerLexeme = 8;
/** The highest position that a tsvector holds. */
const maxPosition = 16_383;
/** PostgreSQL refuses a tsvector above 1 MiB; what lies beyond this is left out, code units. */
const maxLiteralCharacters = 300_000;

type Weight = 'A' | 'B' | '';

export interface TokenSource {
  title: string;
  /** Headings above the passage, outermost first. */
  headings?: readonly string[];
  body: string;
  language: Language;
}

class TokenCollector {
  private readonly positions = new Map<string, string[]>();
  private position = 0;
  private characters = 0;

  constructor(private readonly language: Language) {}

  addText(text: string, weight: Weight): void {
    for (const run of splitWords(fold(text))) {
      if (!run.dense) this.add(stemWord(cutWord(run.text), this.language), weight);
      else for (const piece of splitDenseRun(run.text)) this.add(piece.text, weight);
    }
  }

  private add(lexeme: string, weight: Weight): void {
    this.position = Math.min(this.position + 1, maxPosition);
    const known = this.positions.get(lexeme);
    if (known !== undefined) {
      if (known.length < maxPositionsPerLexeme) known.push(`${this.position}${weight}`);
    } else if (this.characters < maxLiteralCharacters) {
      this.characters += lexeme.length;
      this.positions.set(lexeme, [`${this.position}${weight}`]);
    }
  }

  toLiteral(): string {
    return [...this.positions].map(([lexeme, positions]) => `${quoteLexeme(lexeme)}:${positions.join(',')}`).join(' ');
  }
}

/**
 * The tokens of a passage as a tsvector literal, ready for `$1::tsvector`: title with weight A, headings B, body D,
 * at most 8 positions a lexeme. Empty for a text without a letter or digit. Never holds a NUL character.
 */
export function indexTokens({ title, headings = [], body, language }: TokenSource): string {
  const collector = new TokenCollector(language);
  collector.addText(title, 'A');
  for (const heading of headings) collector.addText(heading, 'B');
  collector.addText(body, '');
  return collector.toLiteral();
}

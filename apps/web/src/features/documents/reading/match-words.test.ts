import { describe, expect, it } from 'vitest';
import { matchWords } from './match-words';

const found = (text: string, query: string) => matchWords(text, query).map(([start, end]) => text.slice(start, end));

describe('matchWords', () => {
  it('finds words whatever their case, accents and endings', () => {
    expect(found('Invoices are due. An INVOICE is paid.', 'invoice')).toEqual(['Invoices', 'INVOICE']);
    expect(found('Une étude récente', 'Etude')).toEqual(['étude']);
    expect(found('documentation of a document', 'documents')).toEqual(['documentation', 'document']);
  });

  it('does not take a word for another that only begins alike', () => {
    expect(found('involve the party, particle physics', 'invoice part')).toEqual([]);
    expect(found('a cat in a category of cats', 'cat')).toEqual(['cat', 'cats']);
  });

  it('leaves short words alone while the query has longer ones', () => {
    expect(found('the end of the contract', 'the end of contract')).toEqual(['contract']);
    expect(found('to be or not to be', 'to be')).toEqual(['to', 'be', 'to', 'be']);
  });

  it('finds neighbouring characters in scripts without spaces', () => {
    expect(found('命令行的艺术', '命令行')).toEqual(['命令行']);
    expect(found('コマンドラインの技術', 'コマンド')).toEqual(['コマンド']);
  });

  it('finds nothing for symbols and for an empty query', () => {
    expect(found("a ':*&|! b", "':*&|!")).toEqual([]);
    expect(found('a b', '')).toEqual([]);
  });
});

export { buildQuery, type SearchQuery } from './build-query.js';
export { detectLanguage } from './detect-language.js';
export { fold } from './fold.js';
export { highlight, type HighlightedSnippet, type HighlightOptions } from './highlight.js';
export { indexTokens, tokenizerVersion, type TokenSource } from './index-tokens.js';
export { languages, type Language } from './languages.js';
export { foldedWords } from './split-words.js';

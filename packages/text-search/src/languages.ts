/** Languages that a text is told apart into. `und` is everything else; it is searched too, by its words. */
export const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'ru', 'ar', 'zh', 'ja', 'ko', 'th', 'und'] as const;

export type Language = (typeof languages)[number];

/** Languages in Latin script that have a stop-word list and a stemmer. */
export const latinLanguages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl'] as const satisfies readonly Language[];

export type LatinLanguage = (typeof latinLanguages)[number];

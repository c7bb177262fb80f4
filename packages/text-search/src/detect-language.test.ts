import quality from '../quality/pairs.json' with { type: 'json' };
import { expect, it } from 'vitest';
import { detectLanguage } from './detect-language.js';

it.each([
  ['en', 'The invoices of the last quarter are in the folder that was shared with you.'],
  ['de', 'Die Rechnungen des letzten Quartals liegen in dem Ordner, der mit dir geteilt wurde.'],
  ['fr', 'Les factures du dernier trimestre sont dans le dossier qui a été partagé avec vous.'],
  ['es', 'Las facturas del último trimestre están en la carpeta que se ha compartido con ustedes.'],
  ['it', 'Le fatture dello scorso trimestre sono nella cartella che è stata condivisa con voi.'],
  ['pt', 'As faturas do último trimestre estão na pasta que foi compartilhada com você.'],
  ['nl', 'De facturen van het laatste kwartaal staan in de map die met je is gedeeld.'],
  ['ru', 'Счета за последний квартал лежат в папке, к которой у вас есть доступ.'],
  ['ar', 'فواتير الربع الأخير موجودة في المجلد الذي تمت مشاركته معك.'],
  ['zh', '上个季度的发票在与您共享的文件夹中。'],
  ['ja', '前四半期の請求書は、共有されたフォルダーにあります。'],
  ['ko', '지난 분기의 송장은 공유된 폴더에 있습니다.'],
  ['th', 'ใบแจ้งหนี้ของไตรมาสที่แล้วอยู่ในโฟลเดอร์ที่แชร์กับคุณ'],
  ['und', '48213 — 17 %'],
  ['und', ''],
])('takes %s for what it is: %s', (language, text) => {
  expect(detectLanguage(text)).toBe(language);
});

it('is not misled by English names in Chinese text', () => {
  expect(detectLanguage('在 PostgreSQL 中，您可以使用 pgvector 扩展来存储向量，并使用 HNSW 索引进行搜索。')).toBe('zh');
});

it('tells the language of every body of the quality set', () => {
  const { documents } = quality;
  expect(documents.map(({ body }) => detectLanguage(body))).toEqual(documents.map(({ language }) => language));
});

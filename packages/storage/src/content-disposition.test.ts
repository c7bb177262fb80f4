import { expect, it } from 'vitest';
import { contentDisposition } from './content-disposition.js';

it.each([
  ['report.pdf', `attachment; filename="report.pdf"; filename*=UTF-8''report.pdf`],
  ['a"b\r\nSet-Cookie: x.pdf', `attachment; filename="a_bSet-Cookie: x.pdf"; filename*=UTF-8''a%22bSet-Cookie%3A%20x.pdf`],
  ['数据.pdf', `attachment; filename="__.pdf"; filename*=UTF-8''%E6%95%B0%E6%8D%AE.pdf`],
  ['../../etc/passwd', `attachment; filename=".._.._etc_passwd"; filename*=UTF-8''.._.._etc_passwd`],
  [' \u0000 ', `attachment; filename="download"; filename*=UTF-8''download`],
  ['\uD800.txt', `attachment; filename=".txt"; filename*=UTF-8''.txt`],
  [`${'x'.repeat(199)}🙂.pdf`, `attachment; filename="${'x'.repeat(199)}"; filename*=UTF-8''${'x'.repeat(199)}`],
])('names %j without letting it add a header', (filename, header) => {
  expect(contentDisposition(filename)).toBe(header);
});

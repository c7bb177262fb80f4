// Runs inside the API's container of a restore drill: signs in with a known account and asks who that is.
import { readFileSync } from 'node:fs';

const secret = (name) => readFileSync(`/run/secrets/${name}`, 'utf8').trim();
const [email, password] = [secret('drill_email'), secret('drill_password')];
const api = 'http://127.0.0.1:4000';
const origin = process.env.APP_URL;

const answer = await fetch(`${api}/api/auth/sign-in/email`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', origin },
  body: JSON.stringify({ email, password }),
  signal: AbortSignal.timeout(20_000),
});
if (!answer.ok) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);

const cookie = answer.headers
  .getSetCookie()
  .map((line) => line.split(';')[0])
  .join('; ');
const session = await fetch(`${api}/api/auth/get-session`, { headers: { cookie, origin }, signal: AbortSignal.timeout(20_000) });
const name = (await session.json())?.user?.email;
if (name?.toLowerCase() !== email.toLowerCase()) throw new Error(`the session belongs to ${name ?? 'nobody'}`);

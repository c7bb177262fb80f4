// One HTTP request for scripts/smoke on a machine without curl; it runs in a container and reads this file from its
// standard input. Prints the status code, the header lines, an empty line and the body.
//   node --input-type=module - <url> <host:port to connect to, or -> <root certificate in base64, or ->
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';

const [address, connectTo, authority] = process.argv.slice(2);
const url = new URL(address);
const [host, port] = connectTo === '-' ? [url.hostname, url.port] : connectTo.split(':');
const options = {
  host,
  port: port || undefined,
  path: url.pathname + url.search,
  servername: url.hostname,
  headers: { host: url.host, 'accept-encoding': 'identity' },
  timeout: 10_000,
  ca: authority === '-' ? undefined : [...tls.rootCertificates, Buffer.from(authority, 'base64').toString()],
};

const request = (url.protocol === 'https:' ? https : http).get(options, (response) => {
  const lines = [];
  for (let index = 0; index < response.rawHeaders.length; index += 2) {
    lines.push(`${response.rawHeaders[index].toLowerCase()}: ${response.rawHeaders[index + 1]}`);
  }
  process.stdout.write(`${response.statusCode}\n${lines.join('\n')}\n\n`);
  response.pipe(process.stdout);
});
request.on('timeout', () => request.destroy(new Error('no answer within 10 s')));
request.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});

// Runs inside a container: the S3 server of the tests, which listens on its own 127.0.0.1, opened to the container's network
// on port 9000. Prints `ready` when it serves.
import net from 'node:net';
import { startS3 } from '../../packages/testing/dist/s3.js';

const { endpoint } = await startS3();
const port = Number(new URL(endpoint).port);

net
  .createServer((client) => {
    const server = net.connect(port, '127.0.0.1');
    const end = () => [client, server].forEach((socket) => socket.destroy());
    client.on('error', end).pipe(server);
    server.on('error', end).pipe(client);
  })
  .listen(9000, '0.0.0.0', () => console.log('ready'));

// Calls of SQS on this machine, in the words of its JSON protocol. AWS's own client signs and checks what nobody here looks at, on the host's loop, and
// pollers call all the time; loading it would also cost each start.
import { Agent, request } from 'node:http';

export interface SqsClient {
  /** Rejects with SQS's own words. A call that may be repeated is sent once more where its connection was closed under it. */
  call<Output>(operation: string, input: object, repeatable?: boolean): Promise<Output>;
  close(): void;
}

/** @param endpoint `http://127.0.0.1:port` */
export function sqsClient(endpoint: string): SqsClient {
  const agent = new Agent({ keepAlive: true });

  const send = <Output>(operation: string, body: string): Promise<Output> =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `AmazonSQS.${operation}`,
        'content-length': Buffer.byteLength(body),
      };
      const sent = request(endpoint, { method: 'POST', agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if (response.statusCode === 200) resolve(parsed<Output>(text));
          else reject(new Error(`SQS refused ${operation}: ${text}`));
        });
      });
      sent.once('error', reject).end(body);
    });

  return {
    async call(operation, input, repeatable = false) {
      const body = JSON.stringify(input);
      return send<never>(operation, body).catch((error: NodeJS.ErrnoException) => {
        if (!repeatable || error.code !== 'ECONNRESET') throw error;
        return send<never>(operation, body);
      });
    },
    close: () => agent.destroy(),
  };
}

const parsed = <Output>(text: string): Output => (text === '' ? {} : JSON.parse(text)) as Output;

import { z } from 'zod';

/** `tls` of a component that connects to a backend, with the Collector's names (spec/collector.md §4.1). */
export const tlsConfig = z
  .strictObject({
    ca_file: z.string().min(1).optional().describe('Certificates to trust instead of the system’s, PEM.'),
    cert_file: z.string().min(1).optional().describe('Our certificate, if the backend asks for one, PEM.'),
    key_file: z.string().min(1).optional().describe('The key of our certificate, PEM.'),
    min_version: z.enum(['1.2', '1.3']).default('1.2').describe('The oldest TLS version to speak.'),
    insecure: z
      .boolean()
      .default(false)
      .describe('As in the Collector it has no effect on HTTP, where the endpoint’s scheme decides.'),
    insecure_skip_verify: z.boolean().default(false).describe('Do not check the certificate of the backend.'),
    server_name_override: z
      .string()
      .min(1)
      .optional()
      .describe('The name to ask for and to check, instead of the endpoint’s host.'),
  })
  .refine(({ cert_file, key_file }) => (cert_file === undefined) === (key_file === undefined), {
    message: '"cert_file" and "key_file" belong together; give both or neither',
  });

export type TlsConfig = z.output<typeof tlsConfig>;

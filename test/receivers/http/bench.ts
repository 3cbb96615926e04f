import type { Receiver, Settings } from '../../../src/pipeline/component.ts';
import { http } from '../../../src/receivers/http.ts';
import { WebhookBench } from '../../webhook/bench.ts';

export class HttpBench extends WebhookBench {
  readonly id = 'http/in';

  protected async make(given: Settings, options: object): Promise<Receiver> {
    return http.create(given, http.schema.parse(options), this.consumer);
  }
}

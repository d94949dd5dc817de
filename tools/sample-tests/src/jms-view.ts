import { type JmsPlace, runJmsProgram } from './jms-client.js';

/** A message as a JMS client sees it; a property's value has its Java class before it. */
interface SeenMessage {
  readonly kind: string;
  readonly JMSType: string | null;
  readonly JMSCorrelationID: string | null;
  readonly JMSMessageID: string | null;
  readonly JMSExpiration: number;
  readonly JMSPriority: number;
  readonly JMSDeliveryMode: number;
  readonly JMSTimestamp: number;
  readonly possibleDuplicateAsBoolean: boolean;
  readonly contentTypeByItsName: string | null;
  readonly properties: Readonly<Record<string, string | null>>;
}

/** What one client sees of a queue: its messages, and how many each selector finds, or how it is refused. */
export interface JmsView {
  readonly messages: readonly SeenMessage[];
  readonly browsed: Readonly<Record<string, number | string>>;
  readonly consumed: Readonly<Record<string, number | string>>;
}

/** Looks at a queue through a JMS client, and takes nothing off it. */
export async function jmsView(
  classPath: string,
  place: JmsPlace,
  selectors: readonly string[],
): Promise<JmsView> {
  return JSON.parse(await runJmsProgram([classPath, 'JmsView'], place, selectors)) as JmsView;
}

import { FrameImpl } from '@stomp/stompjs';

/**
 * A frame as it goes over the wire, its header values escaped. Without content-length, so that Java consumers get a
 * TextMessage: the body must not hold NUL.
 */
export function encodeFrame(command: string, headers: Record<string, string>, body = ''): string {
  const frame = FrameImpl.marshall({
    command,
    headers,
    body,
    escapeHeaderValues: true,
    skipContentLengthHeader: true,
  });
  return frame as string;
}

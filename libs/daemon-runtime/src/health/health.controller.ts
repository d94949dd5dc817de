import { Controller, Get, Header, Res } from '@nestjs/common';
import { AppInfo } from '../runtime.js';
import { Health } from './health.js';
import { type HealthReport, type HealthStatus, isHealthy } from './health-report.js';

/** The health endpoints: 200 for yes, 503 for no. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: Health,
    private readonly app: AppInfo,
  ) {}

  /** Can the process do work, or should it be restarted? */
  @Get('live')
  @Header('Cache-Control', 'no-store')
  live(@Res({ passthrough: true }) reply: Reply): { status: 'live' | 'stuck' } {
    const alive = this.health.isAlive();
    reply.status(alive ? 200 : 503);
    return { status: alive ? 'live' : 'stuck' };
  }

  /** Is the daemon at work, with all that it needs? */
  @Get('ready')
  @Header('Cache-Control', 'no-store')
  async ready(@Res({ passthrough: true }) reply: Reply): Promise<{ status: HealthStatus }> {
    const status = await this.health.status();
    reply.status(isHealthy(status) ? 200 : 503);
    return { status };
  }

  /** As `ready`, with the whole health document. */
  @Get()
  @Header('Cache-Control', 'no-store')
  async report(@Res({ passthrough: true }) reply: Reply): Promise<HealthReport> {
    const report = await this.health.report(this.app);
    reply.status(isHealthy(report.status) ? 200 : 503);
    return report;
  }
}

/** The part of Express's response that is used. */
interface Reply {
  status(code: number): unknown;
}

import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { Surroundings } from '../health/health.js';
import { DaemonLoop } from '../loop/daemon-loop.js';

/** The state of the daemon at each scrape. What is not known is left out, and never shown as 0. */
@Injectable()
export class StateMetrics {
  constructor(registry: Registry, loop: DaemonLoop, surroundings: Surroundings) {
    const registers = [registry];
    poller(registers, loop);
    parts(registers, surroundings);
    backlog(registers, surroundings);
    oldestWaiting(registers, surroundings);
    setAside(registers, surroundings);
    countFails(registers, surroundings);
  }
}

function poller(registers: Registry[], loop: DaemonLoop): void {
  new Gauge({
    registers,
    name: 'comms_poller_paused',
    help: '1 while a failure holds up the loop',
    collect() {
      this.set(loop.paused ? 1 : 0);
    },
  });
}

function parts(registers: Registry[], surroundings: Surroundings): void {
  new Gauge({
    registers,
    labelNames: ['part'],
    name: 'comms_part_up',
    help: '1 while the database, broker or directory is up, 0 while it is down or blocked',
    async collect() {
      const seen = await surroundings.parts();
      this.reset();
      for (const [part, { state }] of seen)
        if (state !== 'unknown') this.set({ part }, state === 'up' ? 1 : 0);
    },
  });
}

function backlog(registers: Registry[], surroundings: Surroundings): void {
  new Gauge({
    registers,
    labelNames: ['state'],
    name: 'comms_backlog_rows',
    help: 'Rows by state: waiting, retrying, error or lapsed',
    async collect() {
      const counted = await surroundings.backlog();
      this.reset();
      if (!counted) return;
      const { waiting, retrying, error, lapsed } = counted;
      for (const [state, rows] of Object.entries({ waiting, retrying, error, lapsed }))
        this.set({ state }, rows);
    },
  });
}

function oldestWaiting(registers: Registry[], surroundings: Surroundings): void {
  new Gauge({
    registers,
    name: 'comms_oldest_waiting_seconds',
    help: 'Age of the oldest row that may be distributed now; 0 when none waits',
    async collect() {
      const counted = await surroundings.backlog();
      if (counted) this.set(counted.oldestWaitingSeconds);
      else this.remove();
    },
  });
}

function setAside(registers: Registry[], surroundings: Surroundings): void {
  new Gauge({
    registers,
    labelNames: ['method'],
    name: 'comms_set_aside_rows',
    help: 'Rows that are neither claimed nor put until an operator releases them, by delivery method',
    async collect() {
      const counted = await surroundings.backlog();
      this.reset();
      for (const [method, rows] of Object.entries(counted?.setAsideByMethod ?? {}))
        this.set({ method }, rows);
    },
  });
}

function countFails(registers: Registry[], surroundings: Surroundings): void {
  new Gauge({
    registers,
    name: 'comms_backlog_count_failed',
    help: '1 while the backlog cannot be counted, so that its measures are missing; else 0',
    async collect() {
      await surroundings.backlog();
      this.set(surroundings.backlogFailed ? 1 : 0);
    },
  });
}

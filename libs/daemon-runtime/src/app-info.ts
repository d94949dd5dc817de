/** Which program this process is. */
export class AppInfo {
  constructor(
    /** Such as `push-to-handset`. */
    readonly app: string,
    readonly version: string,
  ) {}
}

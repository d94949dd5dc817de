import { describe, expect, it } from '@jest/globals';
import { indentJson } from './indent-json.js';

describe('indentJson', () => {
  it('puts each member on its own line and does not change its spelling', () => {
    expect(indentJson('{"version":1.0,"ids":["9007199254740993", -1e2],"none":null}')).toBe(
      '{\n  "version": 1.0,\n  "ids": [\n    "9007199254740993",\n    -1e2\n  ],\n  "none": null\n}',
    );
  });

  it('does not take a bracket, comma or quote in a text for structure', () => {
    expect(indentJson(String.raw`{"message":"a, {b}: [\"c\"] \\"}`)).toBe(
      String.raw`{` + '\n' + String.raw`  "message": "a, {b}: [\"c\"] \\"` + '\n}',
    );
  });
});

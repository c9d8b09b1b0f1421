"""Starts the kernel: on the Java that JAVA_HOME names, otherwise on the first of the path, if it is new enough."""

import os
import re
import shutil
import subprocess
import sys

OLDEST = 17
JAR = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "target", "notebooks.jar"))


def find_java():
    home = os.environ.get("JAVA_HOME")
    if home:
        java = shutil.which("java", path=os.path.join(home, "bin"))
        return java or sys.exit(f"JAVA_HOME: expected the folder of a JDK, received {home}. Correct it, or unset it.")
    return shutil.which("java") or sys.exit(f"Java: expected JDK {OLDEST} or newer, found none. Install one, or set JAVA_HOME.")


def check_version(java):
    version = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    found = re.search(r'version "(?:1\.)?(\d+)', version)
    if not found or int(found.group(1)) < OLDEST:
        name = found.group(0).split('"')[1] if found else "something that does not tell its version"
        sys.exit(f"{java}: expected Java {OLDEST} or newer, received {name}. Set JAVA_HOME to the folder of a newer JDK.")


def main():
    java = find_java()
    check_version(java)
    if not os.path.exists(JAR):
        sys.exit(f"{JAR}: expected the kernel, found no file. Build it: mvn -B -Pnotebooks -pl notebooks -am package -DskipTests")
    options = ["--add-modules", "jdk.incubator.vector", "-Djava.awt.headless=true", "-Duser.language=en", "-Duser.country=US"]
    command = [java, *options, "-jar", JAR, *sys.argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.run(command).returncode)
    os.execv(java, command)


if __name__ == "__main__":
    main()

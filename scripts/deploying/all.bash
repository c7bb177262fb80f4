# Everything that a deploy or a rollback is made of, in the order in which one part needs the other.
# shellcheck shell=bash
deploying=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=scripts/deploying/reporting.bash
source "$deploying/reporting.bash"
# shellcheck source=scripts/deploying/installation.bash
source "$deploying/installation.bash"
# shellcheck source=scripts/deploying/deploy-lock.bash
source "$deploying/deploy-lock.bash"
# shellcheck source=scripts/deploying/release-records.bash
source "$deploying/release-records.bash"
# shellcheck source=scripts/deploying/containers.bash
source "$deploying/containers.bash"
# shellcheck source=scripts/deploying/pre-flight.bash
source "$deploying/pre-flight.bash"
# shellcheck source=scripts/deploying/images.bash
source "$deploying/images.bash"
# shellcheck source=scripts/deploying/slots.bash
source "$deploying/slots.bash"
# shellcheck source=scripts/deploying/infrastructure.bash
source "$deploying/infrastructure.bash"
# shellcheck source=scripts/deploying/release-files.bash
source "$deploying/release-files.bash"
# shellcheck source=scripts/deploying/undo.bash
source "$deploying/undo.bash"
# shellcheck source=scripts/deploying/steps.bash
source "$deploying/steps.bash"
